"""Understanding: from a resident's sentence to intent, entities and a safety class. Each file is one part of the pipeline."""
