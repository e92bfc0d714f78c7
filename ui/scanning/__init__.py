"""Readers: the keyboard wedge's burst and the serial port."""
