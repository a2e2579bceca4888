# cmake -DAPPDIR=DIR -DPROCESSOR=x86_64|aarch64 -P deploy.cmake: copies into DIR/usr the Qt plugins that the console
# uses and every library that programs and plugins need, but for those below.
cmake_minimum_required(VERSION 3.25)
set(usr "${APPDIR}/usr")
set(system "/usr/lib/${PROCESSOR}-linux-gnu")
set(folders "${usr}/lib")

cmake_host_system_information(RESULT own QUERY OS_PLATFORM)
if(NOT PROCESSOR STREQUAL own)
    set(CMAKE_GET_RUNTIME_DEPENDENCIES_COMMAND ${PROCESSOR}-linux-gnu-objdump)
    # Debian finds LAPACK and BLAS by alternatives, which the foreign ones do not have.
    list(APPEND folders "${system}" "${system}/lapack" "${system}/blas")
endif()

# What every desktop has, and must be its own: the C and C++ libraries (the oldest Linux that this runs on
# is the one it was built on), what belongs to the graphics driver or is shared with it, what has settings
# in /etc that change with versions, and GLib, which the desktop's keychain library brings.
set(left_to_the_system
    "ld-linux-.*" "lib(c|m|dl|rt|pthread|resolv|util|anl|mvec)\\.so.*" "libstdc\\+\\+\\.so.*" "libgcc_s\\.so.*"
    "lib(GL|EGL|GLX|GLdispatch|OpenGL|GLESv2|gbm|drm|vulkan)\\.so.*"
    "libX(11|11-xcb|au|dmcp|ext|fixes)\\.so.*" "libxcb\\.so.*"
    "libxcb-(glx|dri2|dri3|present|sync|xfixes|shm|randr)\\.so.*" "libwayland-(client|server)\\.so.*"
    "lib(fontconfig|freetype|expat)\\.so.*" "lib(glib|gobject|gio|gmodule|gthread)-2\\.0\\.so.*")

set(plugins
    platforms/libqxcb.so platforms/libqwayland-generic.so platforms/libqoffscreen.so
    wayland-shell-integration/libxdg-shell.so wayland-decoration-client/libbradient.so
    platforminputcontexts/libcomposeplatforminputcontextplugin.so
    platforminputcontexts/libibusplatforminputcontextplugin.so
    iconengines/libqsvgicon.so imageformats/libqsvg.so imageformats/libqjpeg.so
    tls/libqopensslbackend.so multimedia/libffmpegmediaplugin.so)
foreach(plugin IN LISTS plugins)
    get_filename_component(kind "${plugin}" DIRECTORY)
    file(COPY "${system}/qt6/plugins/${plugin}" DESTINATION "${usr}/plugins/${kind}")
endforeach()

file(GLOB programs "${usr}/bin/facetrack*")
file(GLOB_RECURSE modules "${usr}/plugins/*.so" "${usr}/lib/facetrack/*.so")
file(GET_RUNTIME_DEPENDENCIES
    EXECUTABLES ${programs} MODULES ${modules}
    DIRECTORIES ${folders}
    PRE_EXCLUDE_REGEXES ${left_to_the_system}
    RESOLVED_DEPENDENCIES_VAR libraries
    UNRESOLVED_DEPENDENCIES_VAR missing
    CONFLICTING_DEPENDENCIES_PREFIX twice)
if(missing)
    message(FATAL_ERROR "not on this machine: ${missing}")
endif()
# Two of a name are of alternatives (BLAS): the first is what the linker takes.
foreach(name IN LISTS twice_FILENAMES)
    list(GET twice_${name} 0 first)
    list(APPEND libraries "${first}")
endforeach()
foreach(library IN LISTS libraries)
    get_filename_component(name "${library}" NAME)
    file(REAL_PATH "${library}" file)
    if(NOT EXISTS "${usr}/lib/${name}") # but facetrack's own
        file(COPY_FILE "${file}" "${usr}/lib/${name}")
    endif()
endforeach()
list(JOIN libraries "\n" list)
file(WRITE "${APPDIR}/../libraries.txt" "${list}\n")
