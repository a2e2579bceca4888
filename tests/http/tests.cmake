# Room http: all of it over real sockets on the loopback interface.
facetrack_test(test_http_router SOURCES http/test_http_router.cpp)
facetrack_test(test_http_token SOURCES http/test_http_token.cpp LIBRARIES OpenSSL::Crypto)
foreach(test IN ITEMS event_hub http_server http_limits http_stop http_stream http_fuzz)
    facetrack_test(test_${test} SOURCES http/test_${test}.cpp http/raw_client.cpp)
endforeach()
# Not exported from the library: compiled in.
facetrack_test(test_guess_brake SOURCES http/test_guess_brake.cpp
    ../libfacetrack/http/guess_brake.cpp)
