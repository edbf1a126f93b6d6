// The order counts: the library first, in its own layer, then what we say about it.
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './fonts.css';
import './base.css';
import './controls.css';
