find_package(Qt6 6.4 REQUIRED COMPONENTS Network)
find_package(OpenSSL REQUIRED)

facetrack_test(test_endpoint_client TIMEOUT 180
    SOURCES net/test_endpoint_client.cpp support/certificate.cpp
    LIBRARIES fake_crate Qt6::Network OpenSSL::Crypto)
facetrack_test(test_low_delay SOURCES net/test_low_delay.cpp ../libfacetrack/net/low_delay.cpp
    LIBRARIES Qt6::Network)
