find_package(Qt6 6.4 REQUIRED COMPONENTS Network)
find_package(OpenSSL REQUIRED)

facetrack_test(test_endpoint_client TIMEOUT 180
    SOURCES net/test_endpoint_client.cpp support/certificate.cpp
    LIBRARIES fake_crate Qt6::Network OpenSSL::Crypto)
