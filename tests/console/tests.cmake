# The console: its real widgets, clicked, against real agents.
find_package(Qt6 6.4 REQUIRED COMPONENTS Svg)
set(console_libraries facetrack-console-parts agent_process)

facetrack_test(test_console_parts LABEL gui SOURCES console/test_console_parts.cpp
    LIBRARIES ${console_libraries} opencv_core opencv_imgcodecs)
facetrack_test(test_console_agents LABEL gui TIMEOUT 300 SOURCES console/test_console_agents.cpp
    LIBRARIES ${console_libraries})
facetrack_test(test_console_calibrate LABEL gui TIMEOUT 300 SOURCES console/test_console_calibrate.cpp
    LIBRARIES ${console_libraries})
facetrack_test(test_console_shapes LABEL gui TIMEOUT 300 SOURCES console/test_console_shapes.cpp
    support/http_send.cpp LIBRARIES ${console_libraries})
facetrack_test(test_console_tune LABEL gui TIMEOUT 300 SOURCES console/test_console_tune.cpp
    LIBRARIES ${console_libraries})

facetrack_test(test_console_chart_drawing LABEL gui SOURCES console/test_console_chart_drawing.cpp
    LIBRARIES ${console_libraries} Qt6::Svg)

facetrack_test(test_console_event_charts LABEL gui SOURCES console/test_console_event_charts.cpp
    LIBRARIES ${console_libraries})

facetrack_test(test_console_charts LABEL gui TIMEOUT 300 SOURCES console/test_console_charts.cpp
    LIBRARIES ${console_libraries} fake_crate)

facetrack_bench(bench_console SOURCES bench/bench_console.cpp LIBRARIES ${console_libraries})
target_compile_definitions(bench_console PRIVATE FACETRACK_CONSOLE="$<TARGET_FILE:facetrack-console>")
add_dependencies(bench_console facetrack-console)
facetrack_test(test_console_connections LABEL gui TIMEOUT 300
    SOURCES console/test_console_connections.cpp support/certificate.cpp
    LIBRARIES ${console_libraries} fake_crate OpenSSL::Crypto)
facetrack_test(test_console_preflight LABEL gui TIMEOUT 300
    SOURCES console/test_console_preflight.cpp support/notify_socket.cpp
    LIBRARIES ${console_libraries} fake_crate)
facetrack_test(test_console_translations LABEL gui SOURCES console/test_console_translations.cpp
    LIBRARIES ${console_libraries})
target_compile_definitions(test_console_translations PRIVATE SOURCE_DIR="${PROJECT_SOURCE_DIR}")
facetrack_test(test_console_count LABEL gui TIMEOUT 300 SOURCES console/test_console_count.cpp
    LIBRARIES ${console_libraries})

# The same pages at two densities; the pictures are artefacts, to be looked at.
facetrack_test(test_console_pictures LABEL gui TIMEOUT 300 SOURCES console/test_console_pictures.cpp
    LIBRARIES ${console_libraries}
    ENVIRONMENT FACETRACK_SCREENSHOTS=${PROJECT_SOURCE_DIR}/build/screenshots)
add_test(NAME test_console_pictures_dense
    COMMAND test_console_pictures everyPageIsTakenAndCutsNoWords theFirstStartIsNoEmptyField)
set_tests_properties(test_console_pictures_dense PROPERTIES LABELS gui TIMEOUT 300 ENVIRONMENT
    "QT_QPA_PLATFORM=offscreen;QT_SCALE_FACTOR=2;FACETRACK_SCREENSHOTS=${PROJECT_SOURCE_DIR}/build/screenshots")
add_test(NAME test_demo_on_a_desktop
    COMMAND /usr/bin/python3 "${CMAKE_CURRENT_SOURCE_DIR}/console/demo_on_a_desktop.py"
            "${CMAKE_BINARY_DIR}" "${PROJECT_SOURCE_DIR}/build/screenshots/demo-1280x800.png")
set_tests_properties(test_demo_on_a_desktop PROPERTIES LABELS gui TIMEOUT 300 SKIP_RETURN_CODE 77)
facetrack_test(test_console_shell LABEL gui SOURCES console/test_console_shell.cpp LIBRARIES ${console_libraries})

# Once with a keychain, in a session of its own, and once without any.
facetrack_test(test_console_secrets LABEL gui SOURCES console/test_console_secrets.cpp
    LIBRARIES ${console_libraries} ENVIRONMENT DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent)
add_test(NAME test_console_keychain
    COMMAND "${CMAKE_CURRENT_SOURCE_DIR}/console/with_keyring" $<TARGET_FILE:test_console_secrets>)
set_tests_properties(test_console_keychain PROPERTIES LABELS gui TIMEOUT 120 SKIP_RETURN_CODE 77
    ENVIRONMENT QT_QPA_PLATFORM=offscreen)

facetrack_test(test_console_found LABEL gui TIMEOUT 300 SOURCES console/test_console_found.cpp
    LIBRARIES agent_process fake_crate)
target_compile_definitions(test_console_found PRIVATE FACETRACK_CONSOLE="$<TARGET_FILE:facetrack-console>")
add_dependencies(test_console_found facetrack-console)
facetrack_test(test_console_report LABEL gui TIMEOUT 300 SOURCES console/test_console_report.cpp
    LIBRARIES ${console_libraries} fake_crate)
target_compile_definitions(test_console_report PRIVATE FACETRACK_CLI="$<TARGET_FILE:facetrack-cli>"
    FACETRACK_CONSOLE="$<TARGET_FILE:facetrack-console>")
add_dependencies(test_console_report facetrack-cli facetrack-console)
facetrack_test(test_console_present LABEL gui TIMEOUT 300 SOURCES console/test_console_present.cpp
    LIBRARIES ${console_libraries})
