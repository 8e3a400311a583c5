# The same image as mvn -Pimage package jib:build makes, for those who have Docker. First: mvn -Pimage package,
# which brings the embedded PostgreSQL for both of the image's architectures.
# A release gives it by digest: --build-arg BASE_IMAGE=eclipse-temurin@sha256:…
ARG BASE_IMAGE=eclipse-temurin:25-jre

FROM ${BASE_IMAGE} AS layers
WORKDIR /layers
COPY target/drayage-*.jar drayage.jar
RUN java -Djarmode=tools -jar drayage.jar extract --layers --destination extracted

FROM ${BASE_IMAGE}
WORKDIR /app
# What changes least comes first, so that a new version shares its layers.
COPY --from=layers /layers/extracted/dependencies/ ./
COPY --from=layers /layers/extracted/spring-boot-loader/ ./
COPY --from=layers /layers/extracted/snapshot-dependencies/ ./
COPY --from=layers /layers/extracted/application/ ./
ENV DRAYAGE_HOME=/var/lib/drayage \
    JDK_JAVA_OPTIONS="-XX:+UseSerialGC -XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError -XX:OnOutOfMemoryError=:>/var/lib/drayage/out-of-memory.%p"
# For the commands, as in docker exec drayage bin/drayage copy …: a cache of their classes. Jib cannot run a step.
COPY bin/drayage bin/
RUN java -XX:AOTCacheOutput=drayage.aot -cp /app/drayage.jar launch.Launch rehearse
# By number, for Kubernetes cannot tell of a name that it is not root.
USER 10001:10001
EXPOSE 8080
# Kubernetes has probes of its own.
HEALTHCHECK NONE
ENTRYPOINT ["java", "-cp", "drayage.jar:/var/lib/drayage/lib/*", "app.Drayage"]
