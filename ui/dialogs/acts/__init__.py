"""The verbs of the life cycle as dialogs: each is described by its fields, and one dialog shows them all."""
