facetrack_test(test_tracker SOURCES track/test_tracker.cpp)
