# The runtime of the AppImage with small payloads, where Debian's static libraries are. The AppImage of
# the console itself takes minutes to make: packaging/appimage/try, by hand.
foreach(name squashfuse_ll fuse3 zstd z)
    find_library(APPIMAGE_${name} NAMES lib${name}.a)
    list(APPEND appimage_libraries ${APPIMAGE_${name}})
endforeach()
if(NOT appimage_libraries MATCHES NOTFOUND)
    add_subdirectory("${PROJECT_SOURCE_DIR}/packaging/appimage/runtime" "${PROJECT_BINARY_DIR}/appimage-runtime")
    set(appimage_runtime $<TARGET_FILE:appimage-runtime>)
endif()
add_test(NAME test_appimage_runtime
    COMMAND ${system_python} "${CMAKE_CURRENT_SOURCE_DIR}/appimage/test_runtime.py" ${appimage_runtime})
set_tests_properties(test_appimage_runtime PROPERTIES LABELS unit TIMEOUT 300 SKIP_RETURN_CODE 77)
