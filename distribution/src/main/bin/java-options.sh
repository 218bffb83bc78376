# shellcheck shell=sh
# What both launchers know of Java: the options that start it fast. They read this file; nobody runs it.

# The file that names the version of a Java is two folders above it, behind any links.
find_release() {
    place=$1
    while [ -L "$place" ]; do
        link=$(readlink "$place")
        case $link in
        /*) place=$link ;;
        *) place=${place%/*}/$link ;;
        esac
    done
    release=${place%/*}/../release
}

# Sets version to the first number of Java's version. It does not start Java if a file tells the version.
find_version() {
    version=
    find_release "$1"
    if [ -r "$release" ]; then
        while IFS='=' read -r name value; do
            [ "$name" = JAVA_VERSION ] && version=${value#\"}
        done <"$release"
        version=${version%%[!0-9]*}
    fi
    if [ -z "$version" ]; then
        release=
        version=$("$1" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p')
    fi
}

# Whether a file has more bytes than its kind has in a table of about a million cells.
is_large() {
    case $1 in
    *.csv | *.tsv | *.json | *.jsonl | *.ndjson | *.txt) most=25000000 ;;
    *) most=4000000 ;;
    esac
    [ -n "$(find -L "$1" -prune -size +${most}c 2>&1)" ]
}

# Whether a command ends before code of the second compiler, or a collector on several threads, has repaid its cost. What fits
# many times over, and what reads from a database, counts as long.
is_short() {
    case ${1:-} in
    estimate | inspect | pack) ;;
    evaluate | study | simulate | @*) return 1 ;;
    *) return 0 ;;
    esac
    former=
    for argument; do
        case $argument in
        --self-test* | --jdbc* | --query* | @*) return 1 ;;
        esac
        case $former in
        --output | --report | --cells | --missing-cells | --checkpoint) ;;
        *)
            # The value of --treatments=FILE and the like is a file, too.
            file=${argument#--*=}
            case $file in
            -*) file=./$file ;;
            esac
            if [ -f "$file" ] && is_large "$file"; then
                return 1
            fi
            ;;
        esac
        former=$argument
    done
    return 0
}

# Sets options for the command line. Java refuses two collectors, so one that is asked for elsewhere stays.
choose_options() {
    is_short "$@" || return 0
    options="$options -XX:+IgnoreUnrecognizedVMOptions -XX:TieredStopAtLevel=1"
    case "${ROWWISE_JAVA_OPTIONS:-} ${JAVA_TOOL_OPTIONS:-} ${JDK_JAVA_OPTIONS:-} ${_JAVA_OPTIONS:-}" in
    *-XX:[+-]Use*GC*) ;;
    *) options="$options -XX:+UseSerialGC" ;;
    esac
}

# Sets class_archive to an option that names a file with the program's classes as Java has them in memory, and makes that file
# at the second start with a Java. Another Java, or jars that have changed, have another file. Java does not take one that is
# damaged. What cannot be written or made is done without.
#
# Arguments: the folder for the files, the class path, the example, and the jars.
use_class_archive() {
    class_archive=
    folder=$1
    path=$2
    example=$3
    shift 3
    [ -n "$folder" ] && [ -n "$release" ] && [ "${ROWWISE_CLASS_ARCHIVE:-}" != off ] || return 0
    key=$({ LC_ALL=C TZ=UTC0 ls -lnL "$release" "$@" 2>/dev/null; printf '%s' "$path"; } | cksum)
    key=${key%% *}
    if [ "$version" -ge 25 ]; then
        archive=$folder/$key.aot
        taken=-XX:AOTCache=
        made=-XX:AOTCacheOutput=
    else
        archive=$folder/$key.jsa
        taken=-XX:SharedArchiveFile=
        made=-XX:ArchiveClassesAtExit=
    fi
    if [ ! -f "$archive" ]; then
        make_class_archive
    fi
    # A folder of someone else could hold other classes.
    if [ -f "$archive" ] && [ -O "$archive" ]; then
        class_archive=$taken$archive
        options="$options -Xlog:disable -XX:+VerifySharedSpaces"
    fi
}

make_class_archive() {
    state=$folder/$key.started
    if [ ! -f "$state" ]; then
        # Whoever starts the program once, such as in a container that is thrown away, does not wait for it.
        (umask 077 && mkdir -p "$folder" && [ -O "$folder" ] && : >"$state") 2>/dev/null
        return 0
    fi
    [ ! -s "$state" ] && [ -r "$example" ] && echo tried 2>/dev/null >"$state" || return 0
    work=$folder/$key.$$
    (
        umask 077
        find "$folder" -type f -mtime +30 -exec rm -f {} +
        mkdir "$work" &&
            "$java" $common $options -Xlog:disable -Djava.io.tmpdir="$work" "$made$work/archive" -cp "$path" \
                io.github.rowwise.cli.Rowwise estimate "$example" --unit retailer --time week --outcome log_volume \
                --treatment display --output "$work/effects.csv" &&
            mv "$work/archive" "$archive"
        rm -rf "$work"
    ) </dev/null >/dev/null 2>&1
    return 0
}
