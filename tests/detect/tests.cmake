facetrack_test(test_detectors SOURCES detect/test_detectors.cpp
    LIBRARIES opencv_core opencv_imgproc opencv_objdetect)
