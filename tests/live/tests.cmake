# Tests that want a real CrateDB (FACETRACK_CRATEDB_URL) and say aloud when there is none. So that
# they are known to work they also run against the stand-in, as a cluster of 1 and of 3 nodes.
facetrack_test(test_live_cratedb LABEL live TIMEOUT 900
    SOURCES live/test_live_cratedb.cpp live/live_crate.cpp
    LIBRARIES agent_process nlohmann_json::nlohmann_json)
facetrack_test(test_live_analytics LABEL live TIMEOUT 900
    SOURCES live/test_live_analytics.cpp live/live_crate.cpp
    LIBRARIES agent_process nlohmann_json::nlohmann_json)
add_test(NAME test_live_analytics_on_stand_in
    COMMAND ${system_python} "${CMAKE_CURRENT_LIST_DIR}/on_stand_in.py"
            $<TARGET_FILE:fake_cratedb> 1 $<TARGET_FILE:test_live_analytics>)
set_tests_properties(test_live_analytics_on_stand_in PROPERTIES LABELS e2e TIMEOUT 300)
foreach(nodes 1 3)
    add_test(NAME test_live_on_${nodes}_stand_ins
        COMMAND ${system_python} "${CMAKE_CURRENT_LIST_DIR}/on_stand_in.py"
                $<TARGET_FILE:fake_cratedb> ${nodes} $<TARGET_FILE:test_live_cratedb>)
    set_tests_properties(test_live_on_${nodes}_stand_ins PROPERTIES LABELS e2e TIMEOUT 300)
endforeach()
