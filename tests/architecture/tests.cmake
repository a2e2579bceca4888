facetrack_test(test_rooms SOURCES architecture/test_rooms.cpp)
target_compile_definitions(test_rooms PRIVATE SOURCE_DIR="${PROJECT_SOURCE_DIR}")
