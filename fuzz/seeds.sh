#!/bin/sh
# Fills fuzz/corpus with the schemas of the tests: for the front end with a first byte that chooses
# the rules (bodies.rs). Usage: fuzz/seeds.sh
set -eu
cd "$(dirname "$0")"
for target in lexer parser front_end emitters; do
    mkdir -p "corpus/$target"
done
for schema in ../tests/schema/err/*.json ../tests/schema/ok/*.json; do
    name=$(basename "$schema" .json)
    # Larger than any person writes: they only slow the search down.
    [ "$(wc -c < "$schema")" -lt 6000 ] || continue
    cp "$schema" "corpus/lexer/$name"
    cp "$schema" "corpus/parser/$name"
    for target in front_end emitters; do
        # Dialect extended with strict checks of documentation, and 5.2 with its own.
        { printf '\023'; cat "$schema"; } > "corpus/$target/$name-extended"
        { printf '\005'; cat "$schema"; } > "corpus/$target/$name-5.2"
    done
done
