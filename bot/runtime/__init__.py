"""Starts Rasa the way it was measured to be sound: no TensorFlow, no telemetry, no network, no memory of its own."""
