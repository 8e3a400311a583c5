package app;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class Drayage {

    public static void main(String[] args) {
        SpringApplication.run(Drayage.class, args);
    }

}
