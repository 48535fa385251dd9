"""Custom actions: thin doors from the dialogue to the services. They read slots, call one service and send a text key.

Texts are in ``content/antwoorden``; a test forbids Dutch sentences here.
"""
