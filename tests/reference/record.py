#!/usr/bin/env python3
"""Record what QEMU's own schema generator says of schemas.

Usage: record.py QEMU-SOURCE-TREE < LIST

LIST names a schema file a line.  Beside each NAME.json this writes NAME.err, what the generator
reports, and NAME.out, the checked schema as QEMU's schema tests print it.  Where the generator
itself breaks, NAME.crash has its words instead.
"""

import contextlib
import importlib
import io
import os
import sys


def record(tester, error_type, path):
    """Run one schema; return its error text, its dump and how the generator broke, if it did."""
    out = io.StringIO()
    try:
        with contextlib.redirect_stdout(out):
            tester.test_frontend(path)
    except error_type as error:
        return str(error) + '\n', '', None
    except Exception as error:  # whatever a broken generator comes to
        return '', '', '%s: %s\n' % (type(error).__name__, error)
    return '', out.getvalue(), None


def main():
    tree = sys.argv[1]
    sys.path[:0] = [os.path.join(tree, 'scripts'), os.path.join(tree, 'tests', 'qapi-schema')]
    sys.dont_write_bytecode = True
    tester = importlib.import_module('test-qapi')
    error_type = importlib.import_module('qapi.error').QAPIError
    for line in sys.stdin:
        path = line.rstrip('\n')
        stem = os.path.splitext(path)[0]
        for suffix, text in zip(('err', 'out', 'crash'), record(tester, error_type, path)):
            if text is not None:
                with open('%s.%s' % (stem, suffix), 'w', encoding='utf-8') as file:
                    file.write(text)


main()
