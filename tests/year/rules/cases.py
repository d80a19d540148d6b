"""Where each rule speaks, what it says there beside its example, and where it is silent."""

from __future__ import annotations

from dvctt_report.year.dataset import Dataset
from tests.year.rules.tables import ITEMS, dataset, item, profile, target

FIRES: dict[str, str] = {
    "SL01": """
        A | T1 | 100 |
        B | T1 | 100 | -
        C | T1 | 0   | ~
        H | T1 | 100 | 90
        H/Xã Một | T1 | 50 |
    """,
    "SL02": """
        A | T1 | 100  | 120
        B | T1 | 1000 | 1200
        H/Xã Một | T1 | 10 | 11
    """,
    "SL03": """
        A | T1 |   | 80
        B | T1 | ~ | 0
        C | T1 | 0 | 5
        A | T2 | - | 5
        B | T2 |   | -
    """,
    "SL04": """
        A | T10 | |
        unit | item | answer
        A | T3 |
        unit | item | integrated | spent
        A | KP.a | |
        unit | item | status
        A | NV.1 |
        unit 14 | item | total | done
        B | T10 | |
        C | T10 | 5 | 5
        unit | item | integrated | spent
        B | KP.a | |
    """,
    "SL05": """
        A | T1 | ... | ... | | | |
        B | T1 | x | x | ~ | ~ | ~ | ~
        C | T1 | 100 | ... | | | |
        unit | item | answer | evidence | note
        A | T3 | ... | |
        unit 20 | item | total | done
        H/Xã Một | T1 | ... | ...
        unit 30 | item | total | done
        H/Xã Hai | T1 | x | x
        C | T2 | ... | ...
        C | T10 | ... | ...
    """,
    "SL06": """
        A | T10 | x | x | | | |
        B | T1 | 10 | x
        unit | item | answer | evidence | note
        C | T3 | x | | không có trang
    """,
    "SL07": """
        unit 20 | item | total | done
        B | T8 | 7 | 5
        unit | item | ticked
        H | ND.a | x
    """,
    "SL08": """
        A | T1 | 100 | 80 | 85
        B | T1 | 300 | 200 | 66.72
        H/Xã Một | T1 | 100 | 80 | 0.8
    """,
    "SL09": """
        A | T1 | *** | ***
        C | T10 | *** | ***
    """,
    "SL10": """
        A | T8 | 146 | 137 | | 600
        A | T1 | 100 | 80 | | 79
        H/Xã Một | T1 | 10 | 8 | | 0
    """,
    "BC01": """
        unit 8 | item | answer | evidence
        A | T3 | Có |
        B | T3 | Có | ~
    """,
    "HS01": """
        unit | item | received_total | received_online | received_direct | carried_over
        A | HS.T | 120 | 60 | 30 | 20
        B | HS.T | - | - | - | 5
    """,
    "HS02": """
        unit
        A | HS.T | ~ | ~ | ~ | ~ | 100 | 80 | 10 | -
    """,
    "HS03": """
        unit
        A | HS.T | ~ | ~ | ~ | ~ | ~ | ~ | ~ | ~ | 20 | 10 | 5
    """,
    "HS04": """
        unit
        A | HS.T | 120 | ~ | ~ | ~ | 100 | ~ | ~ | ~ | 15
    """,
    "PK01": """
        unit | item | issued | returned | valid | satisfied
        A | KS.C | 200 | 150 | 100 | 120
        B | KS.C | ~ | ~ | - | 1
    """,
    "PK02": """
        unit | item | issued | returned | valid | satisfied
        A | KS.C | 100 | 90 | 100 | 80
        B | KS.C | 50 | 60 | 40 | 30
    """,
    "QH01": """
        unit 7 | item | total | done
        A | T1 | 50 | 50
        A | T2 | 60 | 60
    """,
    "QH02": """
        A | KS.C | 50 | 50 | 50 | 40
        unit 12 | item | total | done
        A | T12 | 50 | 40
        A | T12a | 60 | 30
    """,
    "DC10": """
        A | T2 | 100 | 80
        A ! T2 120 80
    """,
    "TH01": "A @ sent=2025-12-18",
    "TH02": """
        B @ sent=2025-12-01
        C @ sent=2025-12-01
        H @ sent=2025-12-01
    """,
    "TH03": "A @ code=3036",
    "MK01": "A @ sent=2025-12-01 code=3036/3041",
    "MK02": "A @ sent=2025-12-01 code=3041/3041 signed=3036",
    "MT01": """
        unit | item | resolved_total
        A | HS.T | 1000
        B | HS.T | 1000
        C | HS.T | -
        H | HS.T | -
        H | HS.X | -
        unit | item | total | done
        A | T10 | 1000 | 799
        B | T10 | 1000 | 800
        C | T10 | 0 | 0
        H | T10 | - | -
    """,
    "HS05": """
        unit
        A | HS.T | | 120 | 60 | 50 | 10 | 100 | 80 | 15 | 5 | 20 | 12
        B | HS.T | 60 | 50 | 10 | 100 | 80 | 15 | 5 | 20 | 12 | 8 |
    """,
    "HL03": """
        A | T5 | 12000 | 12000
        B | T5 | 60  | 50
        C | T5 | 80  | 80
        D | T5 | 90  | 85
        E | T5 | 100 | 90
        F | T5 | 130 | 130
        G | T5 | 150 | 140
    """,
    "HL04": """
        A | T1 | 100 | 90
        A | T10 | 2000000 | 1800000
        B | T1 | 100 | 90
        B | T10 | 1000 | 900
        C | T1 | 200 | 90
        C | T10 | 3000 | 900
        D | T1 | 50 | 40
        D | T10 | 900 | 800
        E | T1 | 100 | 90
        E | T10 | 2000 | 900
        F | T1 | 80 | 70
        F | T10 | 2000 | 1900
        G | T1 | 60 | 50
        G | T10 | 1800 | 1700
        unit | item | resolved_total
        A | HS.T | 2000000
        B | HS.T | 1000
        C | HS.T | 3000
        D | HS.T | 900
        E | HS.T | 2000
        F | HS.T | 2000
        G | HS.T | 1800
    """,
    "HL05": """
        A | T1 | 0 | 0
        A | T2 | 0 | 0
        A | T12a | 0 | 0
    """,
    "HL06": """
        A | T1 | 100 | 100
        A | T2 | 100 | 100
        A | T12a | 100 | 100
    """,
    "BC02": """
        unit 8 | item | answer | evidence
        A | T3 | Có | http:/mau.vn/tin
        B | T3 | Có | D:\\dvctt\\bai.docx
        C | T3 | Có | Đã đăng trên facebook của xã
        A | T4 | Có | https://mau/tin
        B | T4 | Có | http://10.1.2.3/tin
        C | T4 | Có | https:///mau.vn
    """,
    "QH03": """
        unit 8 | item | received_total | received_online | received_direct | carried_over | resolved_total
        A | HS.T | 120 | 60 | 50 | 10 | 100
        unit 14 | item | total | done
        A | T10 | 100 | 90
    """,
    "QH04": """
        unit 8 | item | answer
        A | T3 | Không
        B | T3 | Có
        unit 8 | item | events | people
        A | HT.b | 4 | 40
        B | HT.b | 0 | -
        unit 14 | item | total | done
        A | T12a | 5 | 0
        B | T12a | 5 | 3
    """,
    "QH05": """
        unit 8 | item | issued | returned | valid | satisfied
        A | KS.D | 50 | 50 | 50 | 50
        A | KS.DD | 60 | 60 | 60 | 50
        B | KS.D | - | - | - | -
        B | KS.DD | 2 | 2 | 2 | 2
    """,
    "KP01": """
        A | HT.b | 0 | -
        unit 9 | item | integrated | spent
        A | KP.a | | 40000000
    """,
    "KP02": """
        unit 9 | item | planned | spent
        A | KP.a | 30000000 | 40000000
    """,
    "KP03": """
        unit 9 | item | planned | spent
        A | KP.a | 45 | 40
        B | KP.a | 45000000 | 99999
    """,
    "DV01": """
        B | T1 | 50 | 40
        H | T1 | 60 | 50
        H/Cơ quan B | T1 | 48 | 40
        H/Cơ quan C | T1 | 12 | 10
    """,
    "DV02": """
        A | T1 | 90 | 80
        B | T1 | 50 | 40
    """,
    "DV03": """
        A | T1 | 50 | 40
        A | T2 | 10 | 9
        A | T12a | 30 | 20
        B | T1 | 50 | 40
        B | T2 | 10 | 9
        B | T12a | 30 | 20
    """,
    "DV04": """
        A | T3 | Có | https://mau.vn/tin-1
        B | T3 | Có | https://mau.vn/tin-1
        C | T3 | Có | Bài đăng tại HTTPS://MAU.VN/tin-1/.
    """,
    "DV05": """
        unit 8 | item | number
        A | VB | 12/KH-UBND
        B | VB | Kế hoạch số 12/KH-UBND
        C | VB | 15/KH-CQC
    """,
    "NT01": """
        last | item | total | done
        A | T1 | 50 | 40
        A | T2 | 10 | 9
        A | T12a | 30 | 20
        unit 14 | item | total | done
        A | T1 | 50 | 40
        A | T2 | 10 | 9
        A | T12a | 30 | 20
    """,
    "NT02": """
        last | item | total | done
        A | T1 | 100 | 100
        B | T1 | 100 | 40
        unit 14 | item | total | done
        A | T1 | 100 | 40
        B | T1 | 100 | 61
    """,
    "NT03": """
        last | item | total | done
        A | T1 | 100 | 90
        B | T1 | 1000 | 90
        A | T10 | 100 | 90
        unit 14 | item | total | done
        A | T1 | 120 | 90
        B | T1 | 899 | 90
        A | T10 | 151 | 90
    """,
    "SL11": """
        A | T7 | 45
        A | T9 | 0
    """,
    "NT05": """
        half
        A | HT.b | 5 | 40
        B | HT.b | 5 | 40
        half
        A | T10 | 100 | 90
        half | item | valid | satisfied
        B | KS.C | 60 | 50
        unit 12
        A | HT.b | 3 | 90
        B | HT.b | 5 | 39
        A | T10 | 180 | 89
        unit 9 | item | valid | satisfied
        B | KS.C | 59 | 50
    """,
    "NT04": """
        last | item | spent
        A | KP.a | 40000
        B | KP.a | 35000000
        last | item | people
        A | HT.b | 3
        unit 9 | item | spent
        A | KP.a | 40000000
        B | KP.a | 35000
        unit 12 | item | events | people
        A | HT.b | 3 | 3000
    """,
    "HL01": """
        A | T1 | 50 | 50
        A | T2 | 10 | 10
        A | T12 | 40 | 40
        A | T12a | 20 | 20
        unit | item | valid | satisfied
        A | KS.C | 40 | 40
    """,
    "HL02": """
        unit | item | valid | satisfied
        A | KS.C | 12 | 8
        unit 14 | item | total | done
        A | T12 | 12 | 8
    """,
    "VB01": """
        unit 8 | item | text
        A | DG.a | Kết quả: […]
        B | DG.a | ………
        C | DG.a | Test
        unit 8 | item | name
        A | HT.b | Hội nghị xxx về dịch vụ công trực tuyến được tổ chức tại hội trường
    """,
    "VB02": """
        unit 8 | item | text
        A | DG.a | Ông A, căn cước 058 090 001 234
        B | DG.a | Liên hệ chị B 0912.345.678 để nhận tài liệu
        C | DG.a | 058090001234; +84 912 345 678
    """,
    "TH04": "A @ sent=2026-01-05",
    "TH05": "A @ sent=2025-11-12",
    "MT03": """
        A | T6 | 4
        B | T6 | 3
    """,
    "MT02": """
        unit | item | valid | satisfied
        A | KS.C | 10 | 10
        B | KS.C | 10 | 9
        unit | item | total | done
        A | T12 | 10 | 10
        B | T12 | 10 | 9
    """,
}

EXPECTED: dict[str, list[str]] = {
    "SL01": [
        "Cơ quan B · Biểu 01-A · ô G15: có tổng số (100) nhưng số đã thực hiện lại ghi “không phát sinh”. "
        "Ghi số đã thực hiện vào ô G15 (ghi 0 nếu chưa thực hiện) hoặc chọn tình trạng “Chưa có số liệu”.",
        "Cơ quan C · Biểu 01-A · ô F16: có tổng số (0) nhưng để trống số đã thực hiện. Ghi số đã thực hiện "
        "vào cột đã thực hiện (ghi 0 nếu chưa thực hiện) hoặc chọn tình trạng “Chưa có số liệu”.",
        "Huyện H · Biểu 01-A · ô G18: Xã Một: có tổng số (50) nhưng để trống số đã thực hiện. "
        "Ghi số đã thực hiện vào ô G18 (ghi 0 nếu chưa thực hiện).",
    ],
    "SL02": [
        "Cơ quan B · Biểu 01-A · ô G15: số đã thực hiện (1.200) lớn hơn tổng số (1.000). "
        "Kiểm tra lại ô G15 hoặc F15.",
        "Huyện H · Biểu 01-A · ô G16: Xã Một: số đã thực hiện (11) lớn hơn tổng số (10). "
        "Kiểm tra lại ô G16 hoặc F16.",
    ],
    "SL03": [
        "Cơ quan A · Biểu 01-A · ô F17: có số đã thực hiện (5) nhưng tổng số bằng 0. Ghi tổng số vào ô F17.",
        "Cơ quan B · Biểu 01-A · ô G15: có số đã thực hiện (0) nhưng tổng số để trống. "
        "Ghi tổng số vào cột tổng số.",
        "Cơ quan B · Biểu 01-A · ô F18: có số đã thực hiện (0) nhưng tổng số để trống. Ghi tổng số vào ô "
        "F18.",
        "Cơ quan C · Biểu 01-A · ô F16: có số đã thực hiện (5) nhưng tổng số bằng 0. Ghi tổng số vào ô F16.",
    ],
    "SL04": [
        "Cơ quan A · Biểu 01-B · ô F8: chưa trả lời nội dung “Nội dung T3”. Chọn câu trả lời.",
        "Cơ quan A · Biểu 02 · ô F8: bỏ trống cả biểu, chưa trả lời 2 nội dung: “Nội dung KP.a”; “Nội dung "
        "NV.1”. Trả lời từng dòng: chọn câu trả lời, hoặc điền số liệu.",
        "Cơ quan B · Biểu 01-A · ô F14: chưa trả lời nội dung “Hồ sơ xử lý hoàn toàn trực tuyến”. Điền số "
        "liệu hoặc chọn tình trạng “Không phát sinh”, “Chưa có số liệu” hoặc “Không áp dụng”.",
        "Cơ quan B · Biểu 02 · ô F8: chưa trả lời nội dung “Nội dung KP.a”. Điền số liệu hoặc chọn câu trả "
        "lời.",
    ],
    "SL05": [
        "Cơ quan A · Biểu 01-B · ô H8: chọn “Chưa có số liệu” nhưng chưa ghi lý do. Ghi lý do vào ô H8.",
        "Cơ quan C · Biểu 01-A · ô K16: 3 dòng chọn “Chưa có số liệu” hoặc “Không áp dụng” nhưng chưa ghi "
        "lý do. Ghi lý do ở cột Ghi chú của từng dòng.",
        "Huyện H · Biểu 01-A · ô F20: Xã Một: chọn “Chưa có số liệu” nhưng chưa ghi lý do. Ghi lý do vào "
        "cột Ghi chú.",
        "Huyện H · Biểu 01-A · ô F30: Xã Hai: chọn “Không áp dụng” nhưng chưa ghi lý do. Ghi lý do vào cột "
        "Ghi chú.",
    ],
    "SL06": [
        "Cơ quan B · Biểu 01-A · ô G15: chọn “Không áp dụng” đối với nội dung đơn vị phải báo cáo; chờ cơ "
        "quan tổng hợp xem xét. Giữ nguyên nếu đúng và ghi lý do vào cột Ghi chú; nếu không, điền số liệu.",
        "Cơ quan C · Biểu 01-B · ô F8: chọn “Không áp dụng” đối với nội dung đơn vị phải báo cáo; chờ cơ "
        "quan tổng hợp xem xét. Giữ nguyên nếu đúng; nếu không, điền số liệu.",
    ],
    "SL07": [
        "Huyện H · Biểu 02 · ô F8: “Nội dung ND.a” không thuộc phạm vi báo cáo của đơn vị; "
        "số liệu không đưa vào tổng hợp. Xóa số liệu hoặc trao đổi với cơ quan tổng hợp.",
    ],
    "SL08": [
        "Cơ quan B · Biểu 01-A · ô H15: tỷ lệ ghi trong biểu (66,72%) khác tỷ lệ tính lại (66,67%). "
        "Kiểm tra lại ô F15, G15; tỷ lệ để biểu tự tính.",
        "Huyện H · Biểu 01-A · ô H16: Xã Một: tỷ lệ ghi trong biểu (0,8%) khác tỷ lệ tính lại (80%). "
        "Kiểm tra lại ô F16, G16; tỷ lệ để biểu tự tính.",
    ],
    "SL09": [
        "Cơ quan C · Biểu 01-A · ô F15: chọn “Không cung cấp” nhưng đơn vị không thuộc diện được chọn. "
        "Điền số liệu hoặc trao đổi với cơ quan tổng hợp.",
    ],
    "SL10": [
        "Cơ quan A · Biểu 01-A · ô I15: ước cả năm (79) nhỏ hơn số đã thực hiện (80). Kiểm tra lại ô I15 "
        "hoặc G15.",
        "Huyện H · Biểu 01-A · ô I16: Xã Một: ước cả năm (0) nhỏ hơn số đã thực hiện (8). Kiểm tra lại ô "
        "I16 hoặc G16.",
    ],
    "BC01": [
        "Cơ quan B · Biểu 01-B · ô F9: trả lời “Có” nhưng chưa ghi đường dẫn hoặc số văn bản. "
        "Ghi đường dẫn hoặc số, ngày văn bản vào cột Đường dẫn hoặc số văn bản.",
    ],
    "HS01": [
        "Cơ quan B · Biểu 03 · ô D9: tổng số tiếp nhận (0), cột (3), khác tổng các cột (4), (5), (6) là 5. "
        "Kiểm tra lại ô D9, E9, F9, G9.",
    ],
    "PK01": [
        "Cơ quan B · Biểu 04 · ô G9: số phiếu hài lòng, rất hài lòng (1) lớn hơn số phiếu hợp lệ (0). "
        "Kiểm tra lại ô G9 hoặc F9.",
    ],
    "PK02": [
        "Cơ quan B · Biểu 04 · ô E9: số phiếu thu về (60) lớn hơn số phiếu phát ra (50). "
        "Kiểm tra lại ô E9 hoặc D9.",
    ],
    "QH01": [
        "Cơ quan A · Biểu 01-A · ô G8: số đã thực hiện (60) lớn hơn số đã thực hiện của “Cán bộ, công chức "
        "được truyền thông” (50), trong khi đây là nhóm thuộc nội dung đó. Kiểm tra lại ô G8 hoặc G7.",
    ],
    "HS05": [
        "Cơ quan B · Biểu 03 · ô D9: các số từ cột (3) trở đi lệch một cột, chuyển lại một cột thì mọi tổng "
        "đều khớp. Chép lại dòng này vào đúng cột, từ ô D9.",
    ],
    "DV01": [
        "Huyện H · Biểu 01-A · ô F16: Cơ quan B: “Cán bộ, công chức được truyền thông” (48) khác số Cơ quan "
        "B tự báo cáo (50). Hai đơn vị thống nhất số nào được tính.",
    ],
    "BC02": [
        "Cơ quan A · Biểu 01-B · ô G11: minh chứng “https://mau/tin” có đường dẫn gõ chưa đúng. Chép lại cả "
        "đường dẫn từ trình duyệt (https://…) hoặc ghi số, ngày văn bản vào ô G11.",
        "Cơ quan B · Biểu 01-B · ô G9: minh chứng “D:\\dvctt\\bai.docx” là địa chỉ trên máy tính hoặc mạng "
        "nội bộ, nơi khác không mở được. Chép lại cả đường dẫn từ trình duyệt (https://…) hoặc ghi số, ngày "
        "văn bản vào ô G9.",
        "Cơ quan B · Biểu 01-B · ô G12: minh chứng “http://10.1.2.3/tin” là địa chỉ trên máy tính hoặc mạng "
        "nội bộ, nơi khác không mở được. Chép lại cả đường dẫn từ trình duyệt (https://…) hoặc ghi số, ngày "
        "văn bản vào ô G12.",
        "Cơ quan C · Biểu 01-B · ô G10: minh chứng “Đã đăng trên facebook của xã” không phải là đường dẫn "
        "hay số văn bản. Chép lại cả đường dẫn từ trình duyệt (https://…) hoặc ghi số, ngày văn bản vào ô "
        "G10.",
        "Cơ quan C · Biểu 01-B · ô G13: minh chứng “https:///mau.vn” có đường dẫn gõ chưa đúng. Chép lại cả "
        "đường dẫn từ trình duyệt (https://…) hoặc ghi số, ngày văn bản vào ô G13.",
    ],
    "QH04": [
        "Cơ quan A · Biểu 01-A · ô G14: số đã thực hiện là 0 nhưng “Nội dung HT.b” ghi 4. Kiểm tra lại ô "
        "G14 hoặc F8 (Biểu 02).",
        "Cơ quan B · Biểu 01-B · ô F9: trả lời “Có” nhưng “Nội dung HT.b” ghi 0. Kiểm tra lại ô F9 hoặc F9 "
        "(Biểu 02).",
        "Cơ quan B · Biểu 01-A · ô G15: số đã thực hiện là 3 nhưng “Nội dung HT.b” ghi 0. Kiểm tra lại ô "
        "G15 hoặc F9 (Biểu 02).",
    ],
    "QH05": [
        "Cơ quan B · Biểu 04 · ô F10: tổng phiếu hợp lệ của các lĩnh vực theo “Đơn vị” (2) lớn hơn số phiếu "
        "hợp lệ chung (0). Kiểm tra lại ô F10, F11.",
    ],
    "KP03": [
        "Cơ quan B · Biểu 02 · ô G10: ghi 99.999 đồng, quá nhỏ đối với một khoản kinh phí: có thể đã ghi "
        "bằng triệu đồng hoặc nghìn đồng. Ghi đủ số đồng vào ô G10.",
    ],
    "NT02": [
        "Cơ quan B · Biểu 01-A · ô G15: số đã thực hiện (61) tăng 52,5% so với năm 2025 (40). Kiểm tra lại "
        "ô G15; đúng thì ghi lý do ở cột Ghi chú.",
    ],
    "NT03": [
        "Cơ quan B · Biểu 01-A · ô F15: tổng số (899) giảm 10,1% so với năm 2025 (1.000). Kiểm tra lại ô "
        "F15; đúng thì ghi lý do ở cột Ghi chú.",
    ],
    "SL11": ["Cơ quan A · Biểu 01-A · ô F15: 0 điểm nằm ngoài thang, phải lớn hơn 0. Kiểm tra lại ô F15."],
    "NT05": [
        "Cơ quan A · Biểu 01-A · ô G14: “Đã thực hiện” (89) nhỏ hơn số 6 tháng đầu năm 2026 (90); số năm "
        "2026 gồm cả kỳ đó. Kiểm tra lại ô G14; số kỳ trước sai thì ghi ở Ghi chú.",
        "Cơ quan B · Biểu 02 · ô G13: “Số người” (39) nhỏ hơn số 6 tháng đầu năm 2026 (40); số năm 2026 gồm "
        "cả kỳ đó. Kiểm tra lại ô G13; số kỳ trước sai thì ghi ở Ghi chú.",
        "Cơ quan B · Biểu 04 · ô D9: “Phiếu hợp lệ” (59) nhỏ hơn số 6 tháng đầu năm 2026 (60); số năm 2026 "
        "gồm cả kỳ đó. Kiểm tra lại ô D9; số kỳ trước sai thì ghi ở Ghi chú.",
    ],
    "NT04": [
        "Cơ quan A · Biểu 02 · ô G12: “Số người” (3.000) gấp khoảng 1.000 lần năm 2025 (3). Kiểm tra lại ô "
        "G12 (đơn vị tính, số chữ số 0).",
        "Cơ quan B · Biểu 02 · ô F10: “Đã chi” (35.000 đồng) bằng khoảng 1/1.000 năm 2025 (35.000.000 "
        "đồng). Kiểm tra lại ô F10 (đơn vị tính, số chữ số 0).",
    ],
    "VB01": [
        "Cơ quan A · Biểu 02 · ô F8: “Hội nghị xxx về dịch vụ công trực tuyến được tổ chức tại hội…” còn "
        "chữ giữ chỗ. Ghi nội dung hoặc để trống ô F8.",
        "Cơ quan B · Biểu 02 · ô F9: “………” còn chữ giữ chỗ. Ghi nội dung hoặc để trống ô F9.",
        "Cơ quan C · Biểu 02 · ô F10: “Test” còn chữ giữ chỗ. Ghi nội dung hoặc để trống ô F10.",
    ],
    "VB02": [
        "Cơ quan B · Biểu 02 · ô F9: nội dung có số giống số điện thoại di động của cá nhân. Xóa số này "
        "khỏi ô F9 rồi gửi lại.",
        "Cơ quan C · Biểu 02 · ô F10: nội dung có số giống số căn cước và số điện thoại di động của cá "
        "nhân. Xóa số này khỏi ô F10 rồi gửi lại.",
    ],
}
"""What follows the example, for the rules that have more than one thing to say."""

SILENT: dict[str, str] = {
    "SL01": """
        A | T1 | 100 | 90
        B | T1 | 100 | ...
        C | T1 | 100 | ?
        H | T1 | - |
        A | T2 | 0 | -
        B | T2 | |
        C | T2 | ? | 5
        A | KS.C | | | |
        A | T12 | 0 |
    """,
    "SL02": """
        A | T1 | 100 | 100
        B | T1 | 0 | 5
        C | T1 | ? | 5
        A | T2 | 5 | ?
        B | T2 | 5 |
        C | T2 | - | 5
    """,
    "SL03": """
        A | T1 | 100 | 90
        B | T1 | 0 | 0
        C | T1 | - | 0
        A | T2 | ... | 5
        B | T2 | ? | 5
        C | T2 | |
        unit | item | resolved_total
        A | HS.T |
        unit | item | total | done
        A | T10 | | 80
    """,
    "SL04": """
        A | T1 | | 5
        A | T2 | - | -
        B | T2 | ~ | ~
        A | T8 | ... | ...
        A | T10 | ? | ?
        A | T12 | | ?
        A | T12a | 10 |
        A | T3 | Không
        A | T4 | ...
        A | U1 | ?
        A | HT.b | |
        unit | item | integrated | spent
        A | KP.a | x |
        unit
        A | KP.c |
        A | NV.1 | Đang thực hiện
        A | NV.2 |
        unit | item | received_total | resolved_total
        A | HS.T | | 0
        unit | item | valid | satisfied
        A | KS.C | - | -
        A | KS.D | |
        unit
        A | ND.a | -
        A | DG.a |
    """,
    "SL05": """
        A | T1 | ... | ... | | | | đang rà soát
        B | T1 | - | - | | | |
        C | T1 | *** | *** | | | |
        H | T1 | 100 | 90 | | | | xã Một chưa gửi
        H/Xã Một | T1 | ... | ...
        A | T3 | x | | không có trang
        B | T3 | Không | |
    """,
    "SL06": """
        A | T1 | - | ...
        B | T8 | x | x
        H/Xã Một | T1 | x | x
        A | T3 | Không
    """,
    "SL07": """
        A | T8 | 7 | 5
        B | T8 | - | ...
        H | ND.a | không
        H | NV.2 | Đã thực hiện
    """,
    "SL08": """
        A | T1 | 300 | 200 | 66.7
        B | T1 | 0 | 0 | 0
        C | T1 | 100 | 80 | ?
        A | T2 | 100 |    | 50
        B | T2 |     | 80 | 50
        C | T2 | 100 | 80
    """,
    "SL09": """
        C | T1 | *** | ***
        A | T1 | x | x
        H/Xã Một | T1 | *** | ***
    """,
    "SL10": """
        A | T8 | 146 | 137 | | 146
        A | T1 | 100 | 80 | | 120
        B | T1 | 100 | 80 | | 80
        C | T1 | - | 0 | | 5
        B | T2 | 100 | ? | | 5
        A | T2 | 100 | 80 | |
        C | T2 | 100 | 80 | | ?
    """,
    "BC01": """
        A | T3 | Có | https://mau.vn/tin-1
        B | T3 | Không |
        C | T3 | Có | ?
        H | T3 | Có |
    """,
    "HS01": """
        A | HS.T | 120 | 60 | 40 | 20
        B | HS.T | 5 | 5 | - | -
        C | HS.T | 120 | 60 | ? | 20
        H | HS.T |     | 60 | 40 | 20
    """,
    "HS02": """
        unit | item | resolved_total | resolved_early | resolved_on_time | resolved_late
        A | HS.T | 100 | 80 | 10 | 10
        B | HS.T | 100 | 80 | 10 |
    """,
    "HS03": """
        unit | item | pending_total | pending_in_time | pending_late
        A | HS.T | 20 | 15 | 5
        B | HS.T | ... | 15 | 5
    """,
    "HS04": """
        unit | item | received_total | resolved_total | pending_total
        A | HS.T | 120 | 100 | 20
        B | HS.T | 120 | 100 |
        unit | item | issued | returned
        C | KS.C | 120 | 100
    """,
    "PK01": """
        unit | item | valid | satisfied
        A | KS.C | 100 | 100
        B | KS.C | ? | 5
        C | KS.C | 10 | ...
    """,
    "PK02": """
        A | KS.C | 100 | 100 | 100 | 100
        B | KS.C | ? | 60 | ? | 30
        C | KS.C | 0 | 0 | - | -
    """,
    "QH01": """
        A | T1 | 60 | 60
        A | T2 | 60 | 60
        B | T1 | ... | ...
        B | T2 | 60 | 60
        C | T1 | 10 | 10
        C | T2 | | ?
    """,
    "QH02": """
        unit | item | valid | satisfied
        A | KS.C | 100 | 90
        B | KS.C | ? | ?
        unit | item | total | done
        A | T12 | 100 | 90
        A | T12a | 100 | 86
        B | T12 | 100 | 90
        B | T12a | 200 | 180
        C | T1 | 1 | 1
        C | T10 | 5 | 5
    """,
    "DC10": """
        A | T2 | 100 | 80
        B | T2 | ... | 80
        C | T12a | 100 | 80
        H | T1 | 10 | 10
        H/Xã Một | T1 | 7 | 7
        A ! T2 100 ...
        B ! T2 120 80
        C ! T2 120 90
        H ! T1 10 10
    """,
    "TH01": """
        A @ sent=2025-12-15
        B @ code=1
    """,
    "TH02": """
        A @ sent=2025-12-30
        B @ code=1
        C @ sent=2025-12-15
        H @ sent=2025-12-15
    """,
    "TH03": "A @ sent=2025-12-30",
    "MK01": """
        A @ code=3036/3036
        B @ code=/3036
        C @ code=3036
        H @ sent=2025-12-01
    """,
    "MK02": """
        A @ code=3036/3036 signed=3036
        B @ code=3036/3041 signed=3041
        C @ signed=3036
        H @ code=3036/3041
    """,
    "MT01": """
        unit | item | resolved_total
        A | HS.T | 1000
        B | HS.T | 1000
        unit | item | total | done
        A | T10 | 1000 | 800
        B | T10 | 1000 | 800
        A | T1 | 10 | 10
    """,
    "HS05": """
        A | HS.T | 120 | 60 | 50 | 10 | 100 | 80 | 15 | 5 | 20 | 12 | 8
        B | HS.T | 120 | 60 | 50 | 20 | 100 | 80 | 15 | 5 | 20 | 12 | 8
        C | HS.T | 130 | 60 | 50 | 10 | 100 | 80 | 15 | 9 | 20 | 12 | 8
    """,
    "HL03": """
        A | T5 | 450 | 400
        B | T5 | 60  | 50
        C | T5 | 80  | 80
        D | T5 | 90  | 85
        E | T5 | 100 | 90
        F | T5 | 130 | 130
        G | T5 | 25  | 20
    """,
    "HL04": """
        A | T1 | 100 | 90
        A | T10 | 2000000 | 1800000
        B | T1 | 100 | 90
        B | T10 | 1000 | 900
        C | T1 | 200 | 90
        C | T10 | 3000 | 900
        D | T1 | ... | ...
        D | T10 | 900 | 800
        E | T1 | 100 | 90
        E | T10 | - | -
        F | T1 | 80 | 70
        F | T10 | 2000 | 1900
    """,
    "HL05": """
        A | T1 | 0 | 0
        A | T2 | 0 | 0
        A | T12a | 5 | 0
        B | T1 | 0 | 0
        B | T2 | 0 | 0
        C | T1 | - | -
        C | T2 | - | -
        C | T12a | - | -
    """,
    "HL06": """
        A | T1 | 100 | 100
        A | T2 | 100 | 100
        A | T12a | 100 | 99
        B | T1 | 100 | 100
        B | T2 | 100 | 0
    """,
    "BC02": """
        A | T3 | Có | https://mau.vn/tin-1?id=2#x, đăng ngày 10.10.2025
        B | T3 | Có | Kế hoạch 12-KH/TU
        C | T3 | Không | đã có
        A | T4 | Có | trang facebook.com/xa-a
        B | T4 | Có | www.mau.vn/tin
        C | T4 | Có |
        A | U1 | Có | ~
    """,
    "QH03": """
        unit | item | received_online | carried_over | resolved_total
        A | HS.T | 60 | 30 | 100
        B | HS.T | 60 | ? | 100
        C | HS.T | 60 | - | 100
        unit | item | total | done
        A | T10 | 100 | 90
        B | T10 | 100 | 90
        C | T10 | 80 | 90
        A | T1 | 100 | 100
    """,
    "QH04": """
        A | T3 | Có
        B | T3 | Không có trang
        C | T3 | Không
        A | U1 | Không
        A | HT.b | 4 | 40
        B | HT.b | 4 | 40
        C | HT.b | ... | 40
        H | T3 | Không
        A | T12a | 5 | 3
        B | T12a | 0 | 0
        C | T12a | 5 | 0
    """,
    "QH05": """
        unit | item | valid | satisfied
        A | KS.D | 60 | 55
        A | KS.DD | 60 | 50
        B | KS.D | ? | ?
        B | KS.DD | 60 | 50
        C | KS.C | 5 | 5
        C | KS.CD | 60 | 50
    """,
    "KP01": """
        A | HT.b | 0 | 10
        B | HT.b | |
        C | HT.b | 0 | 0
        H | HT.b | 0 | ?
        unit | item | spent
        A | KP.a | 40000000
        B | KP.a | 40000000
        C | KP.a | 0
        H | KP.a | 40000000
    """,
    "KP02": """
        unit | item | planned | spent
        A | KP.a | 40000000 | 40000000
        B | KP.a | | 40000000
        C | KP.a | ? | 40000000
    """,
    "KP03": """
        unit | item | planned | spent
        A | KP.a | 100000 | 0
        B | KP.a | ? | -
        unit | item | events
        C | HT.b | 5
    """,
    "DV01": """
        A | T1 | 50 | 40
        B | T1 | - | -
        H | T1 | 60 | 50
        H/Cơ quan A | T1 | 48 | 40
        H/Cơ quan B | T1 | 12 | 10
        C | T1 | 20 | 10
        H/Cơ quan C | T1 | ... | ...
    """,
    "DV02": """
        A | T1 | ... | ...
        B | T1 | 50 | 40
        C | T1 | 50 | 40
        A | T10 | 50 | 40
        B | T10 | 60 | 40
    """,
    "DV03": """
        A | T1 | 50 | 40
        A | T2 | 10 | 9
        A | T12a | 30 | 20
        B | T1 | 50 | 40
        B | T2 | 10 | 9
        B | T12a | 30 | 21
        C | T1 | 0 | 0
        H | T1 | 0 | 0
    """,
    "DV04": """
        A | T3 | Có | https://mau.vn/tin-1
        B | T3 | Có | https://mau.vn/tin-2
        C | T3 | Không | https://mau.vn/tin-1
        A | T4 | Có | https://mau.vn/cong-van
        B | T4 | Có | https://mau.vn/cong-van
        A | U1 | Có | https://mau.vn/tin-1
        B | U1 | Có | Công văn số 1
        C | U1 | Có | Công văn số 1
    """,
    "DV05": """
        A | VB | 12/KH-UBND
        B | VB | 13/KH-UBND
        C | VB | Kế hoạch truyền thông
        H | VB | Kế hoạch truyền thông
    """,
    "NT01": """
        last | item | total | done
        A | T1 | 50 | 40
        A | T2 | 10 | 9
        A | T12a | 30 | 20
        B | T1 | 50 | 40
        unit | item | total | done
        A | T1 | 50 | 40
        A | T2 | 10 | 9
        A | T12a | 30 | 21
        B | T1 | 50 | 40
    """,
    "NT02": """
        last | item | total | done
        A | T1 | 100 | 40
        B | T1 | 100 | 100
        C | T1 | 29 | 5
        A | T2 | 100 |
        unit | item | total | done
        A | T1 | 100 | 60
        B | T1 | 40 | 40
        C | T1 | 29 | 25
        A | T2 | 100 | 90
        H | T1 | 100 | 10
    """,
    "NT03": """
        last | item | total | done
        A | T1 | 100 | 40
        B | T1 | 9 | 5
        C | T1 | 0 | 0
        A | T10 | 100 | 90
        unit | item | total | done
        A | T1 | 110 | 40
        B | T1 | 11 | 5
        C | T1 | 50 | 50
        A | T10 | 140 | 90
        B | T10 | ... | ...
    """,
    "SL11": """
        A | T7 | 34
        A | T9 | 100.25
    """,
    "NT05": """
        half
        A | HT.b | 5 | 40
        B | HT.b | 5 |
        half
        A | T1 | 120 | 90
        A | T10 | 100 | 90
        half | item | planned | spent
        A | KP.a | 9000000 | 40000
        unit
        A | HT.b | 5 | 41
        B | HT.b | ... | 2
        C | HT.b | 1 | 1
        A | T1 | 100 | 80
        A | T10 | 100 | 90
        unit | item | planned | spent
        A | KP.a | 8000000 | 40000
    """,
    "NT04": """
        last | item | spent
        A | KP.a | 40000000
        B | KP.a | 40000000
        unit | item | spent
        A | KP.a | 90000000
        B | KP.a | -
        C | KP.a | 5000
        unit | item | events
        A | HT.b | 500
    """,
    "HL01": """
        A | T1 | 50 | 50
        A | T2 | 10 | 10
        A | T12a | 20 | 20
        B | T1 | 50 | 50
        B | T2 | 10 | 10
        B | T12 | 40 | 39
        B | T12a | 20 | 20
        unit | item | valid | satisfied
        B | KS.C | 40 | 39
    """,
    "HL02": """
        unit | item | valid | satisfied
        A | KS.C | 12 | 11
        B | KS.C | 30 | 8
        C | KS.C | 12 | ...
        unit | item | total | done
        A | T12 | 12 | 11
        B | T12 | 30 | 8
        C | T12 | 12 | ...
        A | T12a | 3 | 1
    """,
    "VB01": """
        A | DG.a | Không
        B | DG.a | -
        C | DG.a | Tỷ lệ tăng… từ 70% lên 80%
        unit | item | name
        A | HT.b | ?
    """,
    "VB02": """
        A | DG.a | Đã chi 120.000.000 đồng; đường dây nóng 0259 3822 123, 19001234
        B | DG.a | https://mau.vn/0912345678 ngày 05-07-2025 08 giờ
        C | DG.a | 1058090001234
    """,
    "TH04": """
        A @ sent=2025-12-31
        B @ code=1
    """,
    "TH05": """
        A @ sent=2025-11-23
        B @ code=1
        C @ sent=2024-11-10
    """,
    "MT03": """
        A | T6 | 9
        B | T6 | 3
    """,
    "MT02": """
        unit | item | valid | satisfied
        A | KS.C | 20 | 20
        B | KS.C | 10 | 9
        unit | item | total | done
        A | T12 | 20 | 20
        B | T12 | 10 | 9
        A | T12a | 3 | 1
    """,
}

STOCK = {"measure": "stock", "unit_of_count": "người"}
PEOPLE = tuple(i | STOCK if i["code"] in ("T1", "T2") else i for i in ITEMS)
SURVEYS = (
    target("T12", 90, total_sources=("KS.C.valid",), done_sources=("KS.C.satisfied",)),
    target("T12a", 85, part_of="T12", total_sources=("KS.CD.valid",), done_sources=("KS.CD.satisfied",)),
    item("survey", "KS.C", source="Hệ thống", area="Chung"),
    item("survey", "KS.CD", source="Hệ thống", area="Đất đai"),
    item("survey", "KS.D", source="Đơn vị", area="Chung"),
    item("survey", "KS.DD", source="Đơn vị", area="Đất đai"),
    item("survey", "KS.SP", source="SIPAS", area="Chung"),
)

STAFF = (
    target("T1", 100, measure="stock", unit_of_count="người"),
    target("T2", 100, measure="stock", unit_of_count="người", within="T1"),
    target("T10", 80, total_sources=("HS.T.resolved_total",)),
    item("dossier", "HS.T"),
)
"""Whom a unit has, what they handle."""

BY_A = {"answered_by": "authority", "authority": "A"}
OF = {
    "HL03": profile(target("T5", 100, measure="stock", unit_of_count="người"), units=7),
    "HL04": profile(*STAFF, units=7),
    "DV01": profile(*PEOPLE, parents={"B": "H", "C": "H"}),
    "DV02": profile(*PEOPLE, parents={"B": "A"}),
    "NT02": profile(*PEOPLE),
    "NT03": profile(*PEOPLE),
    "NT05": profile(*(i | {"measure": "stock"} if i["code"] == "T1" else i for i in ITEMS)),
    "QH04": profile(*(i | {"shown_by": ("HT.b.events",)} if i["code"] == "T12a" else i for i in ITEMS)),
    "QH05": profile(*SURVEYS),
    "SL11": profile(
        target("T7", 0, measure="rank", unit_of_count="hạng", scale=34, thresholds=[], **BY_A),
        target("T9", 0, measure="score", unit_of_count="điểm", thresholds=[], **BY_A),
    ),
    "MT03": profile(target("T6", 0, measure="count", thresholds=[{"year": 2025, "at_least": 12}]), units=3),
}
"""Plans that differ from the usual one in what a rule is about."""

SMALL = profile(*(i for i in ITEMS if i["code"] in ("T3", "T10", "KP.a", "NV.1")))
"""A plan with little in it, where a rule would otherwise speak about every other item as well."""
FIRES_IN = OF | {"SL04": SMALL}


def firing(code: str) -> Dataset:
    """The returns in which that rule finds something."""
    return dataset(FIRES[code], FIRES_IN.get(code))


def silent(code: str) -> Dataset:
    """The returns that are near to it, in which it finds nothing."""
    return dataset(SILENT[code], OF.get(code))
