add_test(NAME release COMMAND ${system_python} "${CMAKE_CURRENT_SOURCE_DIR}/release/test_release.py" "${PROJECT_SOURCE_DIR}")
set_tests_properties(release PROPERTIES LABELS e2e TIMEOUT 120)
