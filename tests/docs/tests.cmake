add_test(NAME docs_links COMMAND ${system_python} "${CMAKE_CURRENT_SOURCE_DIR}/docs/check_links.py" "${PROJECT_SOURCE_DIR}")
set_tests_properties(docs_links PROPERTIES LABELS unit TIMEOUT 30)
