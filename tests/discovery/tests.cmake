# Room discovery: what is merged, and the real thing between two network namespaces.
facetrack_test(test_candidates SOURCES discovery/test_candidates.cpp
    ../libfacetrack/discovery/candidate.cpp)
facetrack_test(test_advertiser SOURCES discovery/test_advertiser.cpp)
add_executable(browse discovery/browse.cpp)
target_include_directories(browse PRIVATE "${PROJECT_SOURCE_DIR}")
target_link_libraries(browse PRIVATE facetrack::facetrack)
add_test(NAME test_two_networks
    COMMAND /usr/bin/python3 "${CMAKE_CURRENT_SOURCE_DIR}/discovery/two_networks.py"
            $<TARGET_FILE:facetrack-agentd> $<TARGET_FILE:browse> $<TARGET_FILE:facetrack-cli>
            $<TARGET_FILE:facetrack-console>)
set_tests_properties(test_two_networks PROPERTIES LABELS e2e TIMEOUT 300 SKIP_RETURN_CODE 77)
