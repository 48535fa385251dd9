"""Policy as code, each rule with its source: dates of the procedure, care in kind beside pgb."""
