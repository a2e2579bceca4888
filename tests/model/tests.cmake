facetrack_test(test_frame SOURCES model/test_frame.cpp)
