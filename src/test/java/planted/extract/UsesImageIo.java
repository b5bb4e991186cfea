package planted.extract;

import javax.imageio.ImageIO;

class UsesImageIo {
    String[] violation = ImageIO.getReaderFormatNames();
}
