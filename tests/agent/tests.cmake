facetrack_test(test_camera_care SOURCES agent/test_camera_care.cpp)
facetrack_test(test_timekeeper SOURCES agent/test_timekeeper.cpp)
facetrack_test(test_control_parts SOURCES agent/test_control_parts.cpp)
facetrack_test(test_openapi SOURCES agent/test_openapi.cpp)
target_compile_definitions(test_openapi PRIVATE SOURCE_DIR="${PROJECT_SOURCE_DIR}")
facetrack_test(test_validations SOURCES agent/test_validations.cpp)
facetrack_test(test_watchdog SOURCES agent/test_watchdog.cpp)
# Not exported from the library: compiled in.
facetrack_test(test_access SOURCES agent/test_access.cpp
    ../libfacetrack/agent/access_control.cpp ../libfacetrack/agent/own_page.cpp
    ../libfacetrack/agent/sessions.cpp
    ../libfacetrack/http/guess_brake.cpp ../libfacetrack/http/secret_bytes.cpp
    ../libfacetrack/http/base64url.cpp ../libfacetrack/base/file_stamp.cpp
    LIBRARIES OpenSSL::Crypto)
