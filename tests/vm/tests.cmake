# The unit file, by systemd's own tools. The virtual machine (tests/vm/watchdog) is run by hand.
add_test(NAME test_unit_file
    COMMAND "${CMAKE_CURRENT_SOURCE_DIR}/vm/unit_file" $<TARGET_FILE:facetrack-agentd>)
set_tests_properties(test_unit_file PROPERTIES LABELS unit TIMEOUT 120 SKIP_RETURN_CODE 77)
