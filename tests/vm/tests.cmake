# The unit file, by systemd's own tools.
add_test(NAME test_unit_file
    COMMAND "${CMAKE_CURRENT_SOURCE_DIR}/vm/unit_file" $<TARGET_FILE:facetrack-agentd>)
set_tests_properties(test_unit_file PROPERTIES LABELS unit TIMEOUT 120 SKIP_RETURN_CODE 77)

# In a virtual machine; only packaging/try-vm wants them.
add_executable(vm_virtual_camera vm/virtual_camera.cpp vm/usbip_link.cpp vm/uvc_controls.cpp
    vm/uvc_descriptors.cpp)
target_link_libraries(vm_virtual_camera PRIVATE PkgConfig::TURBOJPEG)
facetrack_bench(vm_take_frames SOURCES vm/take_frames.cpp)
foreach(what watchdog relay cameras)
    add_test(NAME test_vm_${what}
        COMMAND "${CMAKE_CURRENT_SOURCE_DIR}/vm/boot" ${what} "${PROJECT_BINARY_DIR}")
    set_tests_properties(test_vm_${what} PROPERTIES LABELS vm TIMEOUT 4500 SKIP_RETURN_CODE 77
        RUN_SERIAL ON)
endforeach()
