# Lays out, in a stage that builds, what an image gets: nothing in it depends on when or where it is done.
#
#   sh lay.sh libraries LOCK FOLDER    the lock's wheels, without what only compilers, type checkers and tests read
#   sh lay.sh named PYPROJECT FOLDER   sources, and beside them the project's name and version as importlib finds them
#   sh lay.sh sources FOLDER           sources
#
# Folders are below /layout, whose place the image's root takes.
set -eu

libraries() {
    python -m pip install --require-hashes --no-deps --only-binary :all: --no-compile --quiet --requirement "$1" \
        --target "$2"
    rm -rf "$2/bin"
    find "$2" -type f \( -name '*.pyx' -o -name '*.pxd' -o -name '*.pxi' -o -name '*.c' -o -name '*.h' -o -name '*.pyi' \) \
        -delete
    find "$2" -type d -name tests -prune -exec rm -rf {} +
    find "$2" -type f -name '*.so*' -exec strip --strip-unneeded {} +
    sources "$2"
}

named() {
    name=$(sed -n 's/^name = "\(.*\)"$/\1/p' "$1")
    version=$(sed -n 's/^version = "\(.*\)"$/\1/p' "$1")
    mkdir "$2/$name-$version.dist-info"
    printf 'Metadata-Version: 2.1\nName: %s\nVersion: %s\n' "$name" "$version" \
        >"$2/$name-$version.dist-info/METADATA"
    sources "$2"
}

sources() {
    # Bytecode that is known by its source's hash, and not checked again: nobody changes what is in an image.
    python -m compileall -q --invalidation-mode unchecked-hash -s /layout -p / "$1"
    chmod -R u=rwX,go=rX "$1" # whatever the checkout's umask was
    find "$1" -exec touch -h -d @0 {} +
}

"$@"
