facetrack_test(test_timekeeper SOURCES agent/test_timekeeper.cpp)
facetrack_test(test_control_parts SOURCES agent/test_control_parts.cpp)
facetrack_test(test_openapi SOURCES agent/test_openapi.cpp)
target_compile_definitions(test_openapi PRIVATE SOURCE_DIR="${PROJECT_SOURCE_DIR}")
