# End-to-end tests: the real facetrack-agentd, real sockets, real files.
find_package(Qt6 6.4 REQUIRED COMPONENTS Network)

add_library(agent_process STATIC support/agent_process.cpp)
target_include_directories(agent_process PUBLIC "${PROJECT_SOURCE_DIR}")
target_link_libraries(agent_process PUBLIC Qt6::Core Qt6::Network Qt6::Test)
target_compile_definitions(agent_process PUBLIC
    FACETRACK_AGENTD="$<TARGET_FILE:facetrack-agentd>" SOURCE_DIR="${PROJECT_SOURCE_DIR}")
add_dependencies(agent_process facetrack-agentd)

facetrack_test(test_e2e_agent LABEL e2e TIMEOUT 600 SOURCES e2e/test_e2e_agent.cpp
    LIBRARIES agent_process SQLite::SQLite3)
facetrack_test(test_e2e_budget LABEL e2e TIMEOUT 300 SOURCES e2e/test_e2e_budget.cpp
    LIBRARIES agent_process)
facetrack_test(test_e2e_stream LABEL e2e TIMEOUT 300 SOURCES e2e/test_e2e_stream.cpp support/http_send.cpp
    LIBRARIES agent_process opencv_core opencv_imgproc opencv_imgcodecs opencv_videoio)
facetrack_test(test_e2e_control LABEL e2e TIMEOUT 300 SOURCES e2e/test_e2e_control.cpp
    support/http_send.cpp LIBRARIES agent_process)
facetrack_test(test_e2e_refusals LABEL e2e TIMEOUT 300 SOURCES e2e/test_e2e_refusals.cpp
    LIBRARIES agent_process)
facetrack_test(test_e2e_analyze LABEL e2e TIMEOUT 300 SOURCES e2e/test_e2e_analyze.cpp
    LIBRARIES agent_process)
facetrack_test(test_e2e_watchdog LABEL e2e TIMEOUT 300 SOURCES e2e/test_e2e_watchdog.cpp
    support/http_send.cpp support/notify_socket.cpp
    LIBRARIES agent_process opencv_core opencv_imgcodecs)
facetrack_test(test_e2e_security LABEL e2e TIMEOUT 300 SOURCES e2e/test_e2e_security.cpp
    LIBRARIES agent_process)
facetrack_test(test_e2e_clip LABEL e2e TIMEOUT 300 SOURCES e2e/test_e2e_clip.cpp
    support/http_send.cpp LIBRARIES agent_process)
# A camera that a script stands in for, as the plugin of a libfacetrack of its own.
add_library(stand_in_cameras MODULE support/stand_in_cameras.cpp)
target_include_directories(stand_in_cameras PRIVATE "${PROJECT_SOURCE_DIR}")
target_link_libraries(stand_in_cameras PRIVATE facetrack::facetrack)
set(stand_in "${CMAKE_CURRENT_BINARY_DIR}/stand_in")
set_target_properties(stand_in_cameras PROPERTIES OUTPUT_NAME facetrack-qtcamera
    LIBRARY_OUTPUT_DIRECTORY "${stand_in}/facetrack")
add_custom_command(OUTPUT "${stand_in}/libfacetrack.copied" DEPENDS facetrack
    COMMAND ${CMAKE_COMMAND} -E copy $<TARGET_FILE:facetrack> "${stand_in}/$<TARGET_SONAME_FILE_NAME:facetrack>"
    COMMAND ${CMAKE_COMMAND} -E touch "${stand_in}/libfacetrack.copied" VERBATIM)
add_custom_target(stand_in_library DEPENDS "${stand_in}/libfacetrack.copied")
facetrack_test(test_e2e_camera LABEL e2e TIMEOUT 300 SOURCES e2e/test_e2e_camera.cpp
    support/http_send.cpp LIBRARIES agent_process)
target_compile_definitions(test_e2e_camera PRIVATE STAND_IN_LIBRARY="${stand_in}")
add_dependencies(test_e2e_camera stand_in_cameras stand_in_library)
# What agents of a test take for the machine's clock.
add_library(shifted_clock MODULE support/shifted_clock.cpp)
target_link_libraries(shifted_clock PRIVATE ${CMAKE_DL_LIBS})
facetrack_test(test_e2e_clock LABEL e2e TIMEOUT 300 SOURCES e2e/test_e2e_clock.cpp
    LIBRARIES agent_process ENVIRONMENT "SHIFTED_CLOCK=$<TARGET_FILE:shifted_clock>")
add_dependencies(test_e2e_clock shifted_clock)
facetrack_test(test_e2e_sweep LABEL e2e TIMEOUT 300 SOURCES e2e/test_e2e_sweep.cpp
    LIBRARIES agent_process)
set_tests_properties(test_e2e_agent test_e2e_stream PROPERTIES PROCESSORS 2)

# The page at the camera in a real browser.
add_test(NAME test_phone_page
    COMMAND ${system_python} "${CMAKE_CURRENT_SOURCE_DIR}/e2e/phone_page.py"
            $<TARGET_FILE:facetrack-agentd> "${PROJECT_BINARY_DIR}/screenshots")
set_tests_properties(test_phone_page PROPERTIES LABELS e2e TIMEOUT 300 PROCESSORS 2
    SKIP_RETURN_CODE 77)

# The control API, held to its description by schemathesis from PyPI.
add_test(NAME test_api_conformance
    COMMAND ${system_python} "${CMAKE_CURRENT_SOURCE_DIR}/e2e/api_conformance.py"
            $<TARGET_FILE:facetrack-agentd> "${PROJECT_BINARY_DIR}/api-conformance")
set_tests_properties(test_api_conformance PROPERTIES LABELS e2e TIMEOUT 600 PROCESSORS 2
    SKIP_RETURN_CODE 77)
facetrack_bench(bench_control SOURCES bench/bench_control.cpp)
add_dependencies(bench_control facetrack-agentd)
target_compile_definitions(bench_control PRIVATE FACETRACK_AGENTD="$<TARGET_FILE:facetrack-agentd>")

# What the agents upload, against the stand-in CrateDB.
facetrack_test(test_e2e_upload LABEL e2e TIMEOUT 300 SOURCES e2e/test_e2e_upload.cpp
    support/http_send.cpp LIBRARIES agent_process fake_crate)
set_tests_properties(test_e2e_upload PROPERTIES PROCESSORS 2)

# Agents, relays and the stand-in CrateDB.
facetrack_test(test_e2e_relay LABEL e2e TIMEOUT 300 SOURCES e2e/test_e2e_relay.cpp
    LIBRARIES agent_process fake_crate)
set_tests_properties(test_e2e_relay PROPERTIES PROCESSORS 2)
facetrack_bench(bench_upload
    SOURCES bench/bench_upload.cpp bench/bare_client.cpp
    LIBRARIES agent_process fake_crate)

add_executable(upload_writer store/upload_writer.cpp)
target_include_directories(upload_writer PRIVATE "${PROJECT_SOURCE_DIR}")
target_link_libraries(upload_writer PRIVATE facetrack::facetrack)
facetrack_test(test_chaos LABEL e2e TIMEOUT 900 SOURCES e2e/test_chaos.cpp e2e/chaos_actors.cpp
    LIBRARIES agent_process fake_crate)
target_compile_definitions(test_chaos PRIVATE UPLOAD_WRITER="$<TARGET_FILE:upload_writer>")
add_dependencies(test_chaos upload_writer)
set_tests_properties(test_chaos PROPERTIES PROCESSORS 2)

# The fleet command with real agents, and a stand-in where certificates change.
facetrack_test(test_e2e_fleet LABEL e2e TIMEOUT 300
    SOURCES e2e/test_e2e_fleet.cpp support/tls_agent.cpp support/certificate.cpp
    LIBRARIES agent_process OpenSSL::Crypto nlohmann_json::nlohmann_json)
target_compile_definitions(test_e2e_fleet PRIVATE FACETRACK_CLI="$<TARGET_FILE:facetrack-cli>")
add_dependencies(test_e2e_fleet facetrack-cli)

# A made-up event and the report about it.
facetrack_test(test_e2e_report LABEL e2e TIMEOUT 300 SOURCES e2e/test_e2e_report.cpp
    LIBRARIES agent_process fake_crate)
target_compile_definitions(test_e2e_report PRIVATE FACETRACK_CLI="$<TARGET_FILE:facetrack-cli>")
add_dependencies(test_e2e_report facetrack-cli facetrack-agentd)
facetrack_test(test_e2e_browser LABEL e2e TIMEOUT 300 SOURCES e2e/test_e2e_browser.cpp
    LIBRARIES agent_process fake_crate)

# The cluster's shape on loopback: relays behind a real HAProxy, with the shipped configuration.
add_test(NAME test_cluster_local
    COMMAND ${system_python} "${PROJECT_SOURCE_DIR}/packaging/cluster/try-local"
            --agentd $<TARGET_FILE:facetrack-agentd> --fake $<TARGET_FILE:fake_cratedb>)
set_tests_properties(test_cluster_local PROPERTIES LABELS e2e TIMEOUT 300 PROCESSORS 2
    SKIP_RETURN_CODE 77)
add_test(NAME test_cluster_stack
    COMMAND ${system_python} "${CMAKE_CURRENT_LIST_DIR}/cluster_stack.py")
set_tests_properties(test_cluster_stack PROPERTIES LABELS unit TIMEOUT 120 SKIP_RETURN_CODE 77)
