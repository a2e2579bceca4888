facetrack_test(test_detectors SOURCES detect/test_detectors.cpp
    LIBRARIES opencv_core opencv_imgproc opencv_objdetect)
facetrack_bench(bench_booth SOURCES bench/bench_booth.cpp LIBRARIES opencv_core opencv_objdetect)
facetrack_bench(bench_detect SOURCES bench/bench_detect.cpp
    LIBRARIES nlohmann_json::nlohmann_json opencv_core opencv_imgproc opencv_objdetect)
facetrack_test(test_looks
    SOURCES detect/test_looks.cpp "${PROJECT_SOURCE_DIR}/libfacetrack/detect/pyramid.cpp"
    LIBRARIES opencv_core opencv_imgproc)
# Rooms hide what they keep to themselves: the test compiles it once more.
facetrack_test(test_look_planner SOURCES detect/test_look_planner.cpp
    "${PROJECT_SOURCE_DIR}/libfacetrack/detect/open_places.cpp")
facetrack_test(test_yunet
    SOURCES detect/test_yunet.cpp "${PROJECT_SOURCE_DIR}/libfacetrack/detect/yunet_input.cpp"
            "${PROJECT_SOURCE_DIR}/libfacetrack/detect/yunet_places.cpp"
    LIBRARIES nlohmann_json::nlohmann_json opencv_core opencv_imgproc)
facetrack_test(test_work_crew
    SOURCES detect/test_work_crew.cpp "${PROJECT_SOURCE_DIR}/libfacetrack/detect/work_crew.cpp")
