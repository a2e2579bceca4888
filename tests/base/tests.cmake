facetrack_test(test_base SOURCES base/test_base.cpp)
facetrack_test(test_untrusted_bytes SOURCES base/test_untrusted_bytes.cpp
    LIBRARIES nlohmann_json::nlohmann_json)
facetrack_test(test_clock_trust SOURCES base/test_clock_trust.cpp)
