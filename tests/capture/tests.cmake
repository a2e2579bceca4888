facetrack_test(test_booth_scene SOURCES capture/test_booth_scene.cpp TIMEOUT 300
    LIBRARIES opencv_core opencv_imgproc opencv_objdetect)
facetrack_test(test_source_url SOURCES capture/test_source_url.cpp)
facetrack_test(test_pacer SOURCES capture/test_pacer.cpp)
facetrack_test(test_file_source SOURCES capture/test_file_source.cpp)
facetrack_test(test_file_damage SOURCES capture/test_file_damage.cpp)
facetrack_test(test_images_source SOURCES capture/test_images_source.cpp)
facetrack_test(test_synthetic_source SOURCES capture/test_synthetic_source.cpp)
