"""Engine room: everything that runs inside Rasa, and the pure parts (flows, content, safety) the front office may read too."""
