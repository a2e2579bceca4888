# What is installed serves an outside project: find_package(facetrack), build, run.
add_test(NAME test_outside_project
    COMMAND "${CMAKE_CURRENT_SOURCE_DIR}/install/outside_project"
            "${PROJECT_BINARY_DIR}" "${CMAKE_CURRENT_SOURCE_DIR}/install/outside")
set_tests_properties(test_outside_project PROPERTIES LABELS e2e TIMEOUT 900 PROCESSORS 2)

# The packages, from what is built here anyway: control fields, lists of files, lintian. That they can be
# installed, upgraded and purged is tried in a chroot (packaging/try-packages), by hand.
add_test(NAME test_packages
    COMMAND "${CMAKE_CURRENT_SOURCE_DIR}/install/packages" "${PROJECT_BINARY_DIR}")
set_tests_properties(test_packages PROPERTIES LABELS e2e TIMEOUT 300)
add_test(NAME test_before_network
    COMMAND "${CMAKE_CURRENT_SOURCE_DIR}/install/before_network" $<TARGET_FILE:facetrack-agentd>)
set_tests_properties(test_before_network PROPERTIES LABELS e2e TIMEOUT 120 SKIP_RETURN_CODE 77)
add_test(NAME test_shell_scripts
    COMMAND "${CMAKE_CURRENT_SOURCE_DIR}/install/shell_scripts" "${PROJECT_SOURCE_DIR}")
set_tests_properties(test_shell_scripts PROPERTIES LABELS unit TIMEOUT 120 SKIP_RETURN_CODE 77)
