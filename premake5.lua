-- The build. Works with premake5 and with Debian's premake4 (premake4 --file=premake5.lua gmake);
-- the Makefile calls it before every build, so a new file needs no entry here:
--
--   sim/**.c             libth_sim, without sim/script
--   sim/script/**.c      libth_script, the only library that sees Lua's headers
--   gui/**.c             libth_gui; gui/cli/main.c makes the program
--   tests/**_test.c      one cmocka program each, build/CONFIG/tests/NAME
--   tests/**_fuzz.c      one fuzzer each,         build/CONFIG/fuzz/NAME
--   tests/**_bench.c     one benchmark each,      build/CONFIG/bench/NAME
--   tests/**.c           what is left is support code, linked to all of these
--
-- CONFIG is "debug", or nothing for release: build/tophash, build/debug/tophash.

-- snprintf cuts on purpose, and whether gcc notices depends on its version and on inlining.
local WARNINGS = {
    "-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Wconversion", "-Werror",
    "-Wno-format-truncation",
}

-- Contraction to fused multiply-add would make pictures differ from machine to machine.
local COMMON = { "-std=c11", "-ffp-contract=off", "-pthread" }

local CONFIGS = {
    release = { dir = "build/", compile = { "-O2" }, link = {} },
    debug = {
        dir = "build/debug/",
        compile = {
            "-O1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all",
            "-fno-omit-frame-pointer",
        },
        link = { "-fsanitize=address,undefined" },
    },
}

-- giflib and libdeflate have no pkg-config file on every distribution.
local GUI_PACKAGES = "sdl2 SDL2_ttf fontconfig spng libcjson"
local GUI_LIBRARIES = { "gif", "deflate", "m" }
local LUA_PACKAGES = "lua5.4"

-- What faces a person may use POSIX; the simulator gets plain C11.
local POSIX = { "_XOPEN_SOURCE=700" }

local OWN_LIBRARIES = { "th_gui", "th_script", "th_sim" } -- users before what they use

-- premake5's words, or premake4's.
local whole = workspace or solution
local scoped = filter or configuration

-- pkg-config's answer as compile flags, names of libraries, and link flags.
local function pkg(packages)
    local pipe = io.popen("pkg-config --cflags --libs " .. packages)
    local answer = pipe:read("*a")
    pipe:close()
    if not answer:find("-l", 1, true) then
        error("pkg-config does not know " .. packages .. "; tools/setup.sh installs it", 0)
    end
    local found = { compile = {}, libraries = {}, link = {} }
    for word in answer:gmatch("%S+") do
        if word:sub(1, 2) == "-I" then
            -- Their headers are not held to our warnings.
            table.insert(found.compile, "-isystem " .. word:sub(3))
        elseif word:sub(1, 2) == "-l" then
            table.insert(found.libraries, word:sub(3))
        elseif word:sub(1, 2) == "-L" or word:sub(1, 4) == "-Wl," then
            table.insert(found.link, word)
        else
            table.insert(found.compile, word)
        end
    end
    return found
end

local function sources(pattern, keep)
    local found = {}
    for _, file in ipairs(os.matchfiles(pattern)) do
        if keep(file) then
            table.insert(found, file)
        end
    end
    table.sort(found) -- the order of the file system would decide the order of linking
    return found
end

local function content(file)
    local input = io.open(file, "r")
    local text = input and input:read("*a")
    if input then
        input:close()
    end
    return text
end

-- premake4 names an object after its source without the folder, so sim/a/check.c and sim/b/check.c
-- would overwrite each other's, and a file moved to another folder would find the old object. So a
-- library's sources are compiled through files of one line that are named after the whole path.
local function with_distinct_names(files)
    local distinct = {}
    os.mkdir("build/make/forward")
    for _, file in ipairs(files) do
        local forward = "build/make/forward/" .. file:gsub("/", "__")
        local line = '#include "' .. file .. '"\n'
        if content(forward) ~= line then -- a newer date would compile it again
            local output = assert(io.open(forward, "w"))
            output:write(line)
            output:close()
        end
        table.insert(distinct, forward)
    end
    return distinct
end

-- desc: files, defines, packages (pkg() results), libraries, and subdir below the folder of the
-- configuration.
local function declare(name, of_kind, desc)
    project(name)
    kind(of_kind)
    language "C"
    location "build/make"
    files(of_kind == "StaticLib" and with_distinct_names(desc.files) or desc.files)
    includedirs { "." }
    defines(desc.defines or {})
    buildoptions(COMMON)
    buildoptions(WARNINGS)
    for _, package in ipairs(desc.packages or {}) do
        buildoptions(package.compile)
    end
    if symbols then
        symbols "On"
    else
        flags { "Symbols" }
    end
    if of_kind == "ConsoleApp" then
        links(desc.libraries)
        for _, package in ipairs(desc.packages or {}) do
            links(package.libraries)
            linkoptions(package.link)
        end
        linkoptions { "-pthread" }
    end
    for config, of_config in pairs(CONFIGS) do
        local object_dir = "build/obj/" .. config .. "/" .. name
        local target_dir = of_config.dir .. desc.subdir
        -- premake4's makefiles lack the order between making a folder and compiling into it.
        os.mkdir(object_dir)
        os.mkdir(target_dir)
        scoped { config }
        buildoptions(of_config.compile)
        linkoptions(of_config.link)
        objdir(object_dir)
        targetdir(target_dir)
    end
    scoped {}
end

local function joined(...)
    local all = {}
    for _, list in ipairs { ... } do
        for _, item in ipairs(list) do
            table.insert(all, item)
        end
    end
    return all
end

local function is_script(file) return file:find("^sim/script/") ~= nil end
local function is_main(file) return file == "gui/cli/main.c" end
local function is_oracle(file) return file:find("^tests/oracle/") ~= nil end

local PROGRAMS = { test = "tests", fuzz = "fuzz", bench = "bench" }
local function program_kind(file)
    return PROGRAMS[path.getbasename(file):match("_(%a+)$") or ""]
end

whole "tophash"
configurations { "release", "debug" }
location "build/make"

local lua, gui = pkg(LUA_PACKAGES), pkg(GUI_PACKAGES)

declare("th_sim", "StaticLib", {
    subdir = "lib",
    files = sources("sim/**.c", function(file) return not is_script(file) end),
})
declare("th_script", "StaticLib", {
    subdir = "lib", packages = { lua },
    files = sources("sim/script/**.c", is_script),
})
declare("th_gui", "StaticLib", {
    subdir = "lib", defines = POSIX, packages = { gui },
    files = sources("gui/**.c", function(file) return not is_main(file) end),
})

local main_files = sources("gui/cli/main.c", is_main)
if #main_files > 0 then
    declare("tophash", "ConsoleApp", {
        subdir = "", defines = POSIX, packages = { gui, lua },
        libraries = joined(OWN_LIBRARIES, GUI_LIBRARIES), files = main_files,
    })
end

-- cmocka is for tests alone: no build of the program asks for it.
if os.getenv("TH_TESTS") then
    local cmocka = pkg("cmocka")
    declare("th_testing", "StaticLib", {
        subdir = "lib", defines = POSIX, packages = { gui, cmocka },
        files = sources("tests/**.c", function(file)
            return not program_kind(file) and not is_oracle(file)
        end),
    })
    local owner = {}
    for _, file in ipairs(sources("tests/**.c", program_kind)) do
        local name = path.getbasename(file)
        if owner[name] then
            error(owner[name] .. " and " .. file .. " make programs of one name; rename one", 0)
        end
        owner[name] = file
        declare(name, "ConsoleApp", {
            subdir = program_kind(file), defines = POSIX, packages = { gui, lua, cmocka },
            libraries = joined({ "th_testing" }, OWN_LIBRARIES, GUI_LIBRARIES), files = { file },
        })
    end
end
