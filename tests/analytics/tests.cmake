facetrack_test(test_counts SOURCES analytics/test_counts.cpp)
