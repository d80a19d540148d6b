"""The format of Nghị định 30/2020/NĐ-CP: one table of facts, and what is built from it."""
