# Who may include whom. Reads C files of sim/ and gui/ (paths from the root as arguments) and prints
# "file:line: what is wrong" for each include that breaks the table; exit status 1 if there is any.
#
# A folder may include itself and what its line names. System headers are allowed by name: what a
# simulator must not have (stdio, the clock, SDL) is refused by not being on its list.
BEGIN {
    core = "sim/base sim/memory"
    parts = core " sim/sched sim/sync sim/gomap sim/race"
    machine = parts " sim/world"
    simulator = machine " sim/history sim/explore sim/conform sim/script"

    may["sim/base"] = ""
    may["sim/memory"] = "sim/base"
    may["sim/sched"] = may["sim/sync"] = may["sim/gomap"] = may["sim/race"] = core
    may["sim/world"] = parts
    may["sim/history"] = may["sim/explore"] = may["sim/conform"] = machine
    may["sim/script"] = simulator
    may["gui/draw"] = simulator
    may["gui/scene"] = may["gui/export"] = simulator " gui/draw"
    may["gui/view"] = simulator " gui/draw gui/scene"
    may["gui/files"] = may["gui/explore"] = simulator
    may["gui/app"] = simulator " gui/draw gui/scene gui/view gui/export gui/files gui/explore"
    may["gui/cli"] = may["gui/app"] " gui/app"

    c11 = "inttypes.h limits.h stdalign.h stdarg.h stdatomic.h stdbool.h stddef.h stdint.h" \
        " stdlib.h string.h"
    lua = "lua.h lauxlib.h lualib.h"
}

function folder_of(file,    parts_of_path) {
    split(file, parts_of_path, "/")
    return parts_of_path[1] "/" parts_of_path[2]
}

function lists(list, word) {
    return index(" " list " ", " " word " ") > 0
}

function wrong(message) {
    print FILENAME ":" FNR ": " message
    wrong_count++
}

FNR == 1 {
    folder = folder_of(FILENAME)
    if (!(folder in may)) {
        wrong("the folder " folder " has no line in tests/structure/includes.awk")
    }
}

/^[ \t]*#[ \t]*include[ \t]*"/ {
    split($0, quoted, "\"")
    target = quoted[2]
    if (target !~ /^(sim|gui)\/[^\/]+\/[^\/]+\.(h|inc)$/) {
        wrong("\"" target "\" is not the path of a header or a list (.inc) from the root")
    } else if (folder_of(target) != folder && !lists(may[folder], folder_of(target))) {
        wrong(folder " may not include " folder_of(target) " (" target ")")
    }
}

/^[ \t]*#[ \t]*include[ \t]*</ {
    split($0, bracketed, /[<>]/)
    target = bracketed[2]
    if (lists(lua, target)) {
        if (folder != "sim/script") {
            wrong("only sim/script may include Lua (" target ")")
        }
    } else if (folder ~ /^sim\// && !lists(c11, target)) {
        wrong("sim/ may not include <" target ">: no I/O, no clock, nothing of the system's")
    }
}

END { exit wrong_count > 0 }
