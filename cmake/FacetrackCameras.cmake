# What drives real cameras: found or left out (auto), insisted on (ON), never asked for (OFF).
set(FACETRACK_WITH_LIBCAMERA auto CACHE STRING "libcamera: sources (auto, ON, OFF)")
set_property(CACHE FACETRACK_WITH_LIBCAMERA PROPERTY STRINGS auto ON OFF)

set(FACETRACK_HAS_LIBCAMERA OFF)
if(FACETRACK_WITH_LIBCAMERA)
    if(FACETRACK_WITH_LIBCAMERA STREQUAL "auto")
        pkg_check_modules(LIBCAMERA IMPORTED_TARGET libcamera)
    else()
        pkg_check_modules(LIBCAMERA REQUIRED IMPORTED_TARGET libcamera)
    endif()
    if(LIBCAMERA_FOUND)
        set(FACETRACK_HAS_LIBCAMERA ON)
    endif()
endif()

# Distributions take changes from newer versions, so the version's number says nothing: try.
function(probe_libcamera name code)
    include(CheckCXXSourceCompiles)
    set(CMAKE_REQUIRED_LIBRARIES PkgConfig::LIBCAMERA)
    set(CMAKE_REQUIRED_FLAGS "-std=c++20")
    check_cxx_source_compiles("#include <libcamera/libcamera.h>
        namespace lc = libcamera;
        ${code}
        int main() {}" ${name})
endfunction()
if(FACETRACK_HAS_LIBCAMERA)
    # 0.2: what was a transform became an orientation.
    probe_libcamera(FACETRACK_LIBCAMERA_ORIENTATION
        "void f(lc::CameraConfiguration &c) { c.orientation = lc::Orientation::Rotate180Mirror; }")
    # Which device files belong to a camera.
    probe_libcamera(FACETRACK_LIBCAMERA_SYSTEM_DEVICES
        "long f(lc::Camera &c) { return (*c.properties().get(lc::properties::SystemDevices))[0]; }")
endif()

set(FACETRACK_WITH_QTCAMERA auto CACHE STRING "qtcamera: sources, by Qt Multimedia (auto, ON, OFF)")
set_property(CACHE FACETRACK_WITH_QTCAMERA PROPERTY STRINGS auto ON OFF)
set(FACETRACK_HAS_QTCAMERA OFF)
if(FACETRACK_WITH_QTCAMERA)
    if(FACETRACK_WITH_QTCAMERA STREQUAL "auto")
        find_package(Qt6 6.4 QUIET OPTIONAL_COMPONENTS Multimedia)
    else()
        find_package(Qt6 6.4 REQUIRED COMPONENTS Multimedia)
    endif()
    if(TARGET Qt6::Multimedia)
        set(FACETRACK_HAS_QTCAMERA ON)
    endif()
endif()
message(STATUS "qtcamera: sources: ${FACETRACK_HAS_QTCAMERA}")
message(STATUS "libcamera: sources: ${FACETRACK_HAS_LIBCAMERA}")
