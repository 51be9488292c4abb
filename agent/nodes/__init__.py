"""One step of the process per file: `f(state, runtime)` returns what changed and nothing else."""
