# What is installed serves an outside project: find_package(facetrack), build, run.
add_test(NAME test_outside_project
    COMMAND "${CMAKE_CURRENT_SOURCE_DIR}/install/outside_project"
            "${PROJECT_BINARY_DIR}" "${CMAKE_CURRENT_SOURCE_DIR}/install/outside")
set_tests_properties(test_outside_project PROPERTIES LABELS e2e TIMEOUT 900 PROCESSORS 2)
