"""Papers: official notices as PDF and .docx, their numbers and QR codes, and scans that file themselves."""
