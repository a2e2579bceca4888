# The Debian packages, one for each component; `packaging/build-packages` makes them. They are of one
# source and of one version: no promise about the library's binary interface is made to others yet.
set(FACETRACK_MAINTAINER "facetrack maintainers <maintainers@facetrack.example>" CACHE STRING
    "Who the packages say looks after them")
set(FACETRACK_PACKAGE_REVISION 1 CACHE STRING "Of the packages of one version of facetrack")

set(deb "${PROJECT_SOURCE_DIR}/packaging/deb")
set(packages libfacetrack0 libfacetrack-dev facetrack-qtcamera facetrack-agentd facetrack-console
    facetrack-tools)
set(components library development qtcamera agentd console cli)

# What policy wants in each, and nothing but packages wants: left out where all is installed.
set(changelog "${PROJECT_BINARY_DIR}/packaging/changelog.Debian.gz")
add_custom_command(OUTPUT "${changelog}"
    COMMAND "${Python3_EXECUTABLE}" "${deb}/changelog.py" "${PROJECT_SOURCE_DIR}/CHANGELOG.md"
            "${PROJECT_VERSION}-${FACETRACK_PACKAGE_REVISION}" "${FACETRACK_MAINTAINER}" "${changelog}"
    DEPENDS "${deb}/changelog.py" "${PROJECT_SOURCE_DIR}/CHANGELOG.md" VERBATIM)
add_custom_target(debian-changelog ALL DEPENDS "${changelog}")
# What is packed and nothing else, in trees with tests.
add_custom_target(packaged DEPENDS debian-changelog help-facetrack help-facetrack-agentd
    help-facetrack-console $<TARGET_NAME_IF_EXISTS:facetrack-qtcamera>)
foreach(component package IN ZIP_LISTS components packages)
    install(FILES "${deb}/copyright" "${changelog}" DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${package}
        COMPONENT ${component} EXCLUDE_FROM_ALL)
    string(TOUPPER ${component} upper)
    set(CPACK_DEBIAN_${upper}_PACKAGE_NAME ${package})
    set(CPACK_DEBIAN_${upper}_FILE_NAME DEB-DEFAULT)
endforeach()
install(FILES "${deb}/agentd.toml" "${deb}/relay.toml" DESTINATION /etc/facetrack
    COMPONENT agentd EXCLUDE_FROM_ALL)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME facetrack)
set(CPACK_PACKAGE_CONTACT "${FACETRACK_MAINTAINER}")
set(CPACK_COMPONENTS_ALL ${components})
if(NOT FACETRACK_HAS_QTCAMERA)
    list(REMOVE_ITEM CPACK_COMPONENTS_ALL qtcamera)
endif()
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_SET_DESTDIR ON)
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_PRE_BUILD_SCRIPTS "${PROJECT_SOURCE_DIR}/cmake/PreparePackages.cmake")
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ
    GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_RELEASE ${FACETRACK_PACKAGE_REVISION})
set(CPACK_DEBIAN_PACKAGE_SECTION video)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS "${PROJECT_BINARY_DIR}/libfacetrack")
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_ENABLE_COMPONENT_DEPENDS ON)
foreach(component development qtcamera agentd console cli)
    string(TOUPPER ${component} upper)
    set(CPACK_COMPONENT_${upper}_DEPENDS library)
endforeach()
if(CMAKE_CROSSCOMPILING)
    if(CMAKE_SYSTEM_PROCESSOR STREQUAL aarch64)
        set(CPACK_DEBIAN_PACKAGE_ARCHITECTURE arm64)
    endif()
endif()

set(CPACK_COMPONENT_LIBRARY_DESCRIPTION "Counts faces at a booth: the library
All of facetrack that matters: cameras, detection, tracking, the Journal on
disk, upload, live stream. Agent, console and command line use it.")
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_CONTROL_EXTRA "${deb}/triggers")
# What no linker sees: days and hours of places; the cascades of the classic detector.
set(CPACK_DEBIAN_LIBRARY_PACKAGE_DEPENDS tzdata)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_RECOMMENDS opencv-data)

set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION "Counts faces at a booth: headers of the library
For programs of your own: find_package(facetrack) in CMake.")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "qt6-base-dev, libexpected-dev, nlohmann-json3-dev")

set(CPACK_COMPONENT_QTCAMERA_DESCRIPTION "Counts faces at a booth: USB cameras by Qt Multimedia
Sources qtcamera:, for cameras that libcamera does not drive. A package of
its own since it needs a desktop's libraries, which an agent on a Pi does not.")
set(CPACK_DEBIAN_QTCAMERA_PACKAGE_RECOMMENDS
    "gstreamer1.0-plugins-base, gstreamer1.0-plugins-good, gstreamer1.0-libav")

set(CPACK_COMPONENT_AGENTD_DESCRIPTION "Counts faces at a booth: the agent and the relay
Finds and follows the faces that a camera sees, keeps every count on disk and
uploads it. No picture leaves it but on its live stream. Services of systemd
for the agent, which starts by itself, and for a relay, which does not.")
set(CPACK_DEBIAN_AGENTD_PACKAGE_DEPENDS "adduser, opencv-data")
# How others find it; what libcamera loads for a Pi's camera.
set(CPACK_DEBIAN_AGENTD_PACKAGE_RECOMMENDS "avahi-daemon, libcamera-ipa")
set(CPACK_DEBIAN_AGENTD_PACKAGE_SUGGESTS "facetrack-qtcamera, facetrack-tools")
set(CPACK_DEBIAN_AGENTD_PACKAGE_CONTROL_EXTRA
    "${deb}/postinst" "${deb}/prerm" "${deb}/postrm" "${deb}/conffiles")

set(CPACK_COMPONENT_CONSOLE_DESCRIPTION "Counts faces at a booth: the desktop program
All agents' pictures on one wall, aiming, tuning while they run, and a page
that says whether they may be left alone.")
set(CPACK_DEBIAN_CONSOLE_PACKAGE_RECOMMENDS "avahi-daemon, qt6-qpa-plugins, qt6-wayland")
set(CPACK_DEBIAN_CONSOLE_PACKAGE_SUGGESTS "facetrack-agentd, facetrack-tools, gnome-keyring")

set(CPACK_COMPONENT_CLI_DESCRIPTION "Counts faces at a booth: many agents from one command line
Looks at, tunes and compares agents over SSH and in scripts; reports after an
event. It needs no desktop.")
set(CPACK_DEBIAN_CLI_PACKAGE_RECOMMENDS "avahi-daemon")

foreach(component library qtcamera)
    string(TOUPPER ${component} upper)
    set(CPACK_DEBIAN_${upper}_PACKAGE_MULTIARCH same)
endforeach()
include(CPack)
