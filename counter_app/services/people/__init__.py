"""Who works at the desk: accounts, login, and the officers behind it."""
