"""What is measured beside the program. These scripts run in environments of their own and import nothing of the program."""
