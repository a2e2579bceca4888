# Room stream: a fake channel stands for each viewer; bench_stream uses the real server.
foreach(part IN ITEMS rate_meter viewer_options focus overlay broadcaster viewers)
    facetrack_test(test_${part} SOURCES stream/test_${part}.cpp)
endforeach()
facetrack_test(test_jpeg_encoder SOURCES stream/test_jpeg_encoder.cpp
    LIBRARIES opencv_core opencv_imgproc opencv_imgcodecs)
facetrack_test(test_scale SOURCES stream/test_scale.cpp)
facetrack_bench(bench_stream
    SOURCES bench/bench_stream.cpp bench/jpeg_contest.cpp bench/stream_clients.cpp
        bench/stream_senders.cpp
    LIBRARIES opencv_core opencv_imgproc opencv_imgcodecs)
facetrack_test(test_veil SOURCES stream/test_veil.cpp TIMEOUT 300
    LIBRARIES opencv_core opencv_imgproc opencv_imgcodecs)
facetrack_bench(bench_veil SOURCES bench/bench_veil.cpp)
