"""Front office: everything that faces people and remembers. Each folder is one room; see docs/architecture.md."""
