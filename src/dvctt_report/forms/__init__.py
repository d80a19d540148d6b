"""The Excel form: what stands where, its writer and its reader's keys."""
