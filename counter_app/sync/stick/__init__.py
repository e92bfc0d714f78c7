"""The exchange with the province by two files on a stick, for communes with no line (docs/usb_exchange.md)."""
