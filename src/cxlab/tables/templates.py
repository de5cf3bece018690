"""Templates: what each table looks like, in a few rows to be written over.

The same rows stand in datasets/templates/*.csv, which this module writes.
"""

import io
from pathlib import Path

import pandas as pd

from cxlab.root import project_root
from cxlab.tables.agreed import SCHEMAS, schema_of

# One invented company: what happens in one table is there in the others.
_ROWS = {
    "customers": """
        c1,b1,2023-01-09,,friend
        c2,b1,2023-02-14,2024-03-31,search
        c3,b2,2023-11-02,,""",
    "employees": """
        e1,b1,2021-05-03,,6
        e2,b1,2022-09-01,2024-01-31,3.5
        e3,b2,2023-03-15,,""",
    "contacts": """
        k1,c1,2024-01-08 09:15,phone,bill,6,false,2,true,14.5,e1
        k2,c1,2024-01-10 16:40,phone,bill,3,true,0,false,6,e1
        k3,c2,2024-02-20 11:05,chat,delivery,,true,1,false,9.2,e2
        k4,c3,2024-03-02 19:30,web,contract,2,true,,,,""",
    "touches": """
        t1,c1,2024-01-08 09:15,call,2,4
        t2,c1,2024-01-12 10:00,letter,5.5,4
        t3,c2,2024-02-20 11:05,chat,4,4""",
    "surveys": """
        s1,c1,b1,2024-01-11 08:00,-2,3,6,4,3,4,4
        s2,c2,b1,2024-02-21 20:15,0,5,4,7,5,5,
        s3,c3,b2,2024-03-03 12:30,1,6,,9,7,6,5""",
    "purchases": """
        p1,c1,2024-01-05,49.90
        p2,c1,2024-02-05,49.90
        p3,c2,2024-02-11,120.00""",
    "months": """
        2024-01-01,b1,410,12,9,95,14,5.2,5.6,5.4,0.978,41000.00,32500.00,8500.00
        2024-02-01,b1,413,8,11,101,17,5.1,5.5,5.3,0.973,41300.00,33100.00,8200.00
        2024-01-01,b2,280,9,4,51,6,5.8,6.0,5.9,0.986,29400.00,21900.00,7500.00""",
    "branches": """
        b1,2015-04-01,north
        b2,2019-10-15,south""",
}


def template(name: str) -> str:
    """Return the template of a table, as the text of a CSV file."""
    schema = schema_of(name)
    lines = [line.strip() for line in _ROWS[schema.name].strip().splitlines()]
    return "\n".join([",".join(schema.names), *lines]) + "\n"


def rows(name: str) -> pd.DataFrame:
    """Return the rows of a template as texts."""
    return pd.read_csv(io.StringIO(template(name)), dtype="str", keep_default_na=False)


def folder() -> Path:
    """Return where the templates are kept."""
    return project_root() / "datasets" / "templates"


def write_templates() -> list[Path]:
    """Write every template to its file, and return the files."""
    folder().mkdir(exist_ok=True)
    written = [folder() / f"{name}.csv" for name in SCHEMAS]
    for path in written:
        path.write_text(template(path.stem), encoding="utf-8", newline="\n")
    return written
