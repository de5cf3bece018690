#!/bin/sh
# Run a command in the course's environment, which is made first if need be.
#
#   sh tools/env.sh cxlab build              with the first Python that will do
#   PYTHON=python3.13 sh tools/env.sh ...    with this one
#   sh tools/env.sh --list                   name one Python for each version
#
# Python is looked for on PATH and then among pyenv's versions, and counts only
# if it runs: pyenv leaves shims on PATH for versions that are not active.
set -eu
supported="3.11 3.12 3.13" # a test holds this line to pyproject.toml
root=$(cd "$(dirname "$0")/.." && pwd)

say() { printf '%s\n' "$*" >&2; }

version_of() {
    "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null </dev/null
}

is_supported() {
    case " $supported " in *" $1 "*) return 0 ;; *) return 1 ;; esac
}

places() { # every file that a name may mean, one a line
    case $1 in
    */*) printf '%s\n' "$1" ;;
    *)
        printf '%s\n' "$PATH" | tr ':' '\n' | while IFS= read -r folder; do
            if [ -x "$folder/$1" ]; then printf '%s\n' "$folder/$1"; fi
        done
        for file in "${PYENV_ROOT:-${HOME:-}/.pyenv}"/versions/*/bin/"$1"; do
            if [ -x "$file" ]; then printf '%s\n' "$file"; fi
        done
        ;;
    esac
}

running() { # "version path" of the first file of this name that runs
    places "$1" | while IFS= read -r file; do
        if version=$(version_of "$file") && [ -n "$version" ]; then
            printf '%s %s\n' "$version" "$file"
            break
        fi
    done
}

list() { # one Python for each version that the course runs on
    for version in $supported; do
        found=$(running "python$version")
        if [ "${found%% *}" = "$version" ]; then printf '%s\n' "${found#* }"; fi
    done
}

refuse() {
    say "$1"
    say "The course runs on Python $(echo "$supported" | sed 's/ /, /g')."
    here=$(list)
    if [ -n "$here" ]; then
        say "These run here:"
        say "$(printf '%s\n' "$here" | sed 's/^/  /')"
        say "Choose one, for example: make test PYTHON=$(printf '%s\n' "$here" | tail -n 1)"
    else
        say "None of them was found here. Install one from python.org or your system,"
        say "or use conda as README.md shows."
    fi
    exit 2
}

choose() { # print the Python to use
    case ${PYTHON:-} in
    "")
        seen=""
        for name in python3 python python3.13 python3.12 python3.11; do
            found=$(running "$name")
            if is_supported "${found%% *}"; then
                printf '%s\n' "${found#* }"
                return
            fi
            if [ -n "$found" ]; then seen="$seen $name is Python ${found%% *}."; fi
        done
        refuse "No Python here will do.$seen"
        ;;
    [0-9]*) name=python$PYTHON ;; # PYTHON=3.13
    *) name=$PYTHON ;;
    esac
    found=$(running "$name")
    if [ -z "$found" ]; then
        where=$(places "$name" | head -n 1)
        if [ -n "$where" ] && [ -e "$where" ]; then
            refuse "$name stands at $where and does not run."
        fi
        refuse "$name was not found."
    fi
    if ! is_supported "${found%% *}"; then
        refuse "$name is Python ${found%% *}, which will not do."
    fi
    printf '%s\n' "${found#* }"
}

if [ "${1:-}" = "--list" ]; then
    list
    exit 0
fi
python=$(choose)
bin=$("$python" "$root/tools/bootstrap.py")
VIRTUAL_ENV=$(dirname "$bin")
PATH=$bin:$PATH
export VIRTUAL_ENV PATH
unset PYTHONHOME PYTHONPATH
exec "$@"
