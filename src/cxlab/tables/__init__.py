"""People's own tables: what they must look like, and what is wrong with one.

``SCHEMAS`` says it, ``read_table`` holds a CSV, Excel or Parquet file to it, and
``own_table`` gives a lesson the reader's table or the built-in example. Nothing is
guessed: what can be read in two ways is refused, with the option that settles it.
"""

from cxlab.tables.agreed import SCHEMAS, schema_of
from cxlab.tables.checked import Checked, complete, read_table
from cxlab.tables.describe import Description, describe
from cxlab.tables.export import LEAST, neutralised, withheld
from cxlab.tables.findings import BadTable, Violation
from cxlab.tables.options import Options
from cxlab.tables.own import OwnTable, own_table
from cxlab.tables.rules import pandera_schema, with_extra
from cxlab.tables.schema import Column, Schema

__all__ = [
    "LEAST",
    "SCHEMAS",
    "BadTable",
    "Checked",
    "Column",
    "Description",
    "Options",
    "OwnTable",
    "Schema",
    "Violation",
    "complete",
    "describe",
    "neutralised",
    "own_table",
    "pandera_schema",
    "read_table",
    "schema_of",
    "with_extra",
    "withheld",
]
