facetrack_test(test_timekeeper SOURCES agent/test_timekeeper.cpp)
